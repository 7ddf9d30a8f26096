# @no-run it would install packages
yarn add fastest-levenshtein
