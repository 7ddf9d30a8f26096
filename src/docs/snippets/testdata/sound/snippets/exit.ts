console.log('one');
if (process.argv.length > 0) process.exit(0);
console.log('two');

// Output:
// one
