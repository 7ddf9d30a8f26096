// @throws RangeError
// @standalone
console.log('one');

throw new RangeError('no such page');

// Output:
// one
