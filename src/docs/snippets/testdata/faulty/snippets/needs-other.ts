// @needs yaml
import { parse } from 'yaml';
import { z } from 'zod/v4';

console.log(typeof parse, typeof z);

// Output:
// function object
