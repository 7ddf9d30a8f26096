import * as helpers from 'authkit-session-helpers';
import { expect, it } from 'vitest';
import * as catalogue from './catalogue.ts';
import * as cookies from './cookies.ts';
import * as most from './most.ts';

it('are together all that the helpers export, each once', () => {
  expect([most, cookies, catalogue].flatMap((part) => Object.keys(part)).sort()).toEqual(Object.keys(helpers).sort());
});
