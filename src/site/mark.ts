/** The mark of this site: a wax seal with a prompt pressed into it. */
import type { Mark } from '../docs/artifacts/index.ts';

export const MARK: Mark = {
  filled:
    'M12 1l2.6 2 3.2-.6 1.2 3 3 1.2-.6 3.2 2 2.6-2 2.6.6 3.2-3 1.2-1.2 3-3.2-.6-2.6 2-2.6-2-3.2.6-1.2-3-3-1.2.6-3.2-2-2.6 2-2.6L2 6.6l3-1.2 1.2-3 3.2.6z',
  lines: 'M8.2 8.4l3.6 3.6-3.6 3.6M13 15.8h3.4',
};
