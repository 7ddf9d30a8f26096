// @needs yaml @types/hono
console.log('one');

// Output:
// one
