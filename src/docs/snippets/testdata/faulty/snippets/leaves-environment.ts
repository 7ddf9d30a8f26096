process.env.ONE = '1';

// Output:
