console.log(process.env.FIXTURE_API_KEY);

// Output:
// sk_…
