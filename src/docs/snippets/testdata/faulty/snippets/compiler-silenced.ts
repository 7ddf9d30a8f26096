/* @ts-nocheck */
console.log('one');

// Output:
// one
