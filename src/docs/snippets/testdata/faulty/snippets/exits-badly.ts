console.log('one');
process.exit(3);

// Output:
// one
