console.log('one');

// Output:
// one
