/** The mark's two outlines on a square of 24: a wax seal, and the prompt pressed into it. */

export const MARK_WAX =
  'M12 1l2.6 2 3.2-.6 1.2 3 3 1.2-.6 3.2 2 2.6-2 2.6.6 3.2-3 1.2-1.2 3-3.2-.6-2.6 2-2.6-2-3.2.6-1.2-3-3-1.2.6-3.2-2-2.6 2-2.6L2 6.6l3-1.2 1.2-3 3.2.6z';

export const MARK_PROMPT = 'M8.2 8.4l3.6 3.6-3.6 3.6M13 15.8h3.4';
