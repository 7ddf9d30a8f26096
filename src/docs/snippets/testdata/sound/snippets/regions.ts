// @standalone

// #region setup
const name = 'Ada';
// #endregion

// #region greeting
console.log(`Hello, ${name}.`);
// #endregion

// Output:
// Hello, Ada.
