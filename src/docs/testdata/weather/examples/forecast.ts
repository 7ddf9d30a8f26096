import { Weather } from 'weather-sdk';

const weather = new Weather();
const { city, celsius } = await weather.forecast({ city: 'Accra', days: 2 });
console.log(`${city}: ${celsius.join(', ')}`);

// Output:
// Accra: 31, 30
