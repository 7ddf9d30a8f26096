// @standalone
// @standalone
console.log('one');

// Output:
// one
