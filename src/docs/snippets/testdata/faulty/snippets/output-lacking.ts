console.log('one');

// Output:
// one
// two
