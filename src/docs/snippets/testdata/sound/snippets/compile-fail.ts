// @ts-expect-error a number is no string
const text: string = 1;

console.log(text);

// Output:
// 1
