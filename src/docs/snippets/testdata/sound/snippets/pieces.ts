process.stdout.write('a ');
process.stdout.write(Buffer.from('line, '));
process.stdout.write('and\nanother');
console.error('not part of the output');

// Output:
// a line, and
// another
