# @no-run it would install packages
npm install fastest-levenshtein
