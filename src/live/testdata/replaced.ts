// @ts-expect-error The package has no such name: what takes its place has.
import { double } from 'jose';

declare const report: (value: unknown) => void;

report(double(2));
