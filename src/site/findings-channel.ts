/** Where the gate, which Astro loads apart from the server, tells the server for authors what is wrong. */

/** Name of a `BroadcastChannel`; its messages are all findings as text, empty when there are none. */
export const FINDINGS_CHANNEL = 'authkit-docs-findings';
