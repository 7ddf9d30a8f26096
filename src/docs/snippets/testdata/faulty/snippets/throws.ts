console.log('one');
function fail(): never {
  throw new RangeError('no such page');
}
fail();

// Output:
// one
