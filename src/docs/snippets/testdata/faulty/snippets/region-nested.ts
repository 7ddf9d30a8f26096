// #region setup
const one = 'one';
// #region more
console.log(one);
// #endregion
// #endregion

// Output:
// one
