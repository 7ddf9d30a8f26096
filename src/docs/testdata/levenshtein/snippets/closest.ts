import { closest } from 'fastest-levenshtein';

console.log(closest('fast', ['slow', 'faster', 'fastest']));

// Output:
// faster
