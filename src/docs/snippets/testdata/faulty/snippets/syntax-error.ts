const one = ;

const two: number = 'two';

// Output:
