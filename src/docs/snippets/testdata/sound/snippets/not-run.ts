// @no-run it would post a letter
const to: string = 'Ada';

console.log(to);
