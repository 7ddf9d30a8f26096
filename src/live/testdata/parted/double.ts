export class Refused extends Error {}
export const double = (number: number) => number * 2;
