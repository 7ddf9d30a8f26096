async function main() {
  await undefined;
  console.log('from a promise nobody awaits');
  setTimeout(() => console.log('from a timer'), 5);
}

void main();
console.log('first');

// Output:
// first
// from a promise nobody awaits
// from a timer
