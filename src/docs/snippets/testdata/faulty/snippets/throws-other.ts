// @throws TypeError
throw new RangeError('no such page');

// Output:
