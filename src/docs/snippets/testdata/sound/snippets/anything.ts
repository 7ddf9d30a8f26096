console.log('id', crypto.randomUUID(), 'of', Date.now());
console.log('blanks behind   ');
console.log();
console.log('end');

// Output:
// id …-… of …
// blanks behind
//
// end
