process.on('SIGTERM', () => console.log('one'));

// Output:
