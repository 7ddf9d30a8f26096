// #region setup
// #endregion
console.log('one');

// Output:
// one
