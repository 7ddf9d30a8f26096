// #region
console.log('one');
// #endregion

// Output:
// one
