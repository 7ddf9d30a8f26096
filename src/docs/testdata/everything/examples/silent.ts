// @no-run it would wait for the wind
import { Weather } from 'weather-sdk';

new Weather().alarm('Accra');
