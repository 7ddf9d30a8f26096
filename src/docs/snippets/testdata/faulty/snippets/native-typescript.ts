// @native jwt
console.log('one');

// Output:
// one
