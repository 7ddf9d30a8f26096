console.log('still served');

// Output:
// still served
