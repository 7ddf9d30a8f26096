await Promise.resolve();

// Output:
