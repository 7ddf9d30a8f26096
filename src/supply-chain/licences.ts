/** package-lock.json → a finding for each package whose licence is not on the list. */
import type { Finding } from '../docs/findings/index.ts';

const LOCKFILE = 'package-lock.json';
/** What a reader may install with the helpers. */
const SHIPPED = ['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0'];
/** What may be used for building the site and checking it; nothing of it is in the package. */
const FOR_BUILDING = [
  ...SHIPPED,
  'BlueOak-1.0.0',
  'CC0-1.0',
  'MPL-2.0',
  'LGPL-3.0-or-later',
  'Python-2.0',
  'PSF-2.0',
  'OFL-1.1',
];

interface Lockfile {
  packages: Record<
    string,
    { version?: string; license?: string; dev?: boolean; devOptional?: boolean; link?: boolean }
  >;
}

/** Checks every package of the lockfile, installed on this machine or not. */
export function checkLicences(text: string): Finding[] {
  const { packages } = JSON.parse(text) as Lockfile;
  return Object.entries(packages).flatMap(([path, { version, license, dev, devOptional, link }]): Finding[] => {
    if (path === '' || link) return [];
    const allowed = dev || devOptional ? FOR_BUILDING : SHIPPED;
    if (license !== undefined && isAllowed(license, allowed)) return [];
    return [
      {
        code: 'licence-not-allowed',
        file: LOCKFILE,
        line: text.slice(0, text.indexOf(`"${path}": {`)).split('\n').length,
        message: `Cannot use ${path.replace(/^.*node_modules\//, '')} ${version ?? ''}: its licence is ${license ?? 'not declared'}, one of ${allowed.join(', ')} is wanted`,
        fix: 'Take another package, or add the licence to the list once it has been read.',
      },
    ];
  });
}

/** An SPDX expression: one side of each OR has to do, both sides of each AND. */
function isAllowed(expression: string, allowed: readonly string[]): boolean {
  const sides = (text: string, word: string) => text.replaceAll(/[()]/g, '').split(` ${word} `);
  return sides(expression, 'OR').some((side) =>
    sides(side, 'AND').every((licence) => allowed.includes(licence.trim())),
  );
}
