// @throws TypeError
console.log('one');

// Output:
// one
