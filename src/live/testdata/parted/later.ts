import { double, Refused } from './double.ts';
import { triple } from './triple.ts';

export const later = (number: number) => double(triple(number));
export function refuse(): never {
  throw new Refused('export { names } and import(`./of.js`) are only text here');
}
