import { distance } from 'fastest-levenshtein';

console.log(JSON.stringify({ edits: distance('fast', 'faster') }, undefined, 2));

// Output:
// {
//   "edits": 2
// }
