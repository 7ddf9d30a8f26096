// @norun needs a browser
console.log('one');

// Output:
// one
