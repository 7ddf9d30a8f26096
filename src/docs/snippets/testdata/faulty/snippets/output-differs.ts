const one = 'first';

console.log(one);
console.log(
  `${one} line`,
);
console.log('last');

// Output:
// first
// second line
// end
