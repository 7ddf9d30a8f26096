import './output-missing.ts';

// Output:
// one
