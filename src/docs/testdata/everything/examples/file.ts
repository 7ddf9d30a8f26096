import { sep } from 'node:path';
import { Weather } from 'weather-sdk';

try {
  new Weather().alarm('');
} catch (error) {
  console.log(sep.length, String(error));
}

// Output:
// 1 TypeError: Cannot look: there is no city
