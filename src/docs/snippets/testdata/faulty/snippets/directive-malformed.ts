// @no-run
console.log('one');
