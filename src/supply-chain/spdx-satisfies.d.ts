/** The package ships no types. */
declare module 'spdx-satisfies' {
  /** Throws if `expression` is not an SPDX expression. */
  export default function satisfies(expression: string, allowed: readonly string[]): boolean;
}
