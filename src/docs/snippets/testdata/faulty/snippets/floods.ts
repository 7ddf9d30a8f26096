for (;;) console.log('one');

// Output:
// one
