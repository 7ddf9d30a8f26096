console.log('one');
process.stdout.write('t');
process.stdout.write('wo\n');

// Output:
// one
