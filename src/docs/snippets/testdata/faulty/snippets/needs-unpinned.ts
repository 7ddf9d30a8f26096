// @needs zod loose-package
import { z } from 'zod';

console.log(typeof z);

// Output:
// object
