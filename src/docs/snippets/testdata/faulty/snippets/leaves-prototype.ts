Object.assign(Array.prototype, { second: 2 });

// Output:
