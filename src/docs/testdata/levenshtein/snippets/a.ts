import { distance } from 'fastest-levenshtein';

console.log(distance('fast', 'faster'));

// Output:
// 2
