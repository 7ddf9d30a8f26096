async function main() {
  await undefined;
  throw new RangeError('no such page');
}
void main();

// Output:
