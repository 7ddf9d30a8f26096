import { count } from 'fixture-package';

console.log(count(), count());

// Output:
// 1 2
