console.log('one');

// Output:
// one

console.log('two');
