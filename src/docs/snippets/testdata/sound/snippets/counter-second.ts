import { count } from 'fixture-package';

console.log(count());

// Output:
// 1
