console.log('one');
for (;;);

// Output:
// one
