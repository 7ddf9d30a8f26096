import { double, Refused } from './double.ts';

declare const report: (value: unknown) => void;

report(double(1));
report(import('./later.ts').then(({ later, refuse }) => {
  try {
    refuse();
  } catch (error) {
    return [later(2), error instanceof Refused];
  }
}));
