console.log(process.env.FIXTURE_NAME, 'HOME' in process.env);

// Output:
// Ada false
