console.log('one');

// output
// one
