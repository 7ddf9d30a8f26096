/* Größe … */ const size: number = 'large';

console.log(size);

// Output:
// large
