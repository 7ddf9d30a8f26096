import { distance } from 'fastest-levenshtein';

console.log(distance('kitten', 'sitting'));

// Output:
// 3
