// #region setup
console.log('one');

// Output:
// one
