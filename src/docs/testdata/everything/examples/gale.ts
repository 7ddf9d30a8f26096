import { Weather } from 'weather-sdk';

console.log(new Weather().alarm('Accra').loud);

// Output:
// false
