// @ts-expect-error a number is not a string
const text: string = 1;

console.log(text);

// Output:
// 1
