setTimeout(() => {
  throw new RangeError('no such page');
}, 1);

// Output:
