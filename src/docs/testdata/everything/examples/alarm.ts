import { Weather } from 'weather-sdk';

const weather = new Weather();
// #region call
const alarm = weather.alarm('Accra', { speed: 24 });
// #endregion
console.log(JSON.stringify(alarm));

// Output:
// {"loud":true,"level":"red","wind":{"speed":24}}
