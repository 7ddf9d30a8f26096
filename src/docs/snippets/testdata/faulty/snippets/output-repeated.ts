console.log('one');

// Output:
// one

// Output:
// one
