// #region setup
const one = 'one';
// #endregion
// #region setup
console.log(one);
// #endregion

// Output:
// one
