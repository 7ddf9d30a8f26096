/** The package ships no types. */
declare module 'spdx-satisfies' {
  /** Throws where `expression` is not an SPDX expression. */
  export default function satisfies(expression: string, allowed: readonly string[]): boolean;
}
