console.log('one');
await new Promise(() => {});
console.log('two');

// Output:
// one
// two
