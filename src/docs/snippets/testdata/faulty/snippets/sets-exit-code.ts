console.log('one');
process.exitCode = 3;

// Output:
// one
