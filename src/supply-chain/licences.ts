/** package-lock.json → a finding for each package whose licence is not on the list. */
import satisfies from 'spdx-satisfies';
import type { Finding } from '../docs/findings/index.ts';

const LOCKFILE = 'package-lock.json';
/** What a reader may install with the helpers. */
const SHIPPED = ['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0'];
/** What may be used for building the site and checking it; nothing of it is in the package. */
const FOR_BUILDING = [
  ...SHIPPED,
  'BlueOak-1.0.0',
  'CC0-1.0',
  'CC-BY-3.0',
  'MPL-2.0',
  'LGPL-3.0-or-later',
  'Python-2.0',
  'PSF-2.0',
  'OFL-1.1',
];

interface Lockfile {
  packages: Record<
    string,
    { version?: string; license?: unknown; dev?: boolean; devOptional?: boolean; link?: boolean }
  >;
}

/** Checks every package of the lockfile, installed on this machine or not. */
export function checkLicences(text: string): Finding[] {
  const { packages } = JSON.parse(text) as Lockfile;
  return Object.entries(packages).flatMap(([path, { version, license, dev, devOptional, link }]): Finding[] => {
    if (path === '' || link) return [];
    const allowed = dev || devOptional ? FOR_BUILDING : SHIPPED;
    const verdict = license === undefined ? 'refused' : judgeLicence(license, allowed);
    if (verdict === 'allowed') return [];
    const name = `${path.replace(/^.*node_modules\//, '')} ${version ?? ''}`;
    const place = { file: LOCKFILE, line: text.slice(0, text.indexOf(`"${path}": {`)).split('\n').length };
    if (verdict === 'unreadable') {
      return [
        {
          code: 'licence-unreadable',
          ...place,
          message: `Cannot read the licence of ${name}: ${JSON.stringify(license)} is not an SPDX expression`,
          fix: 'Take another package.',
        },
      ];
    }
    return [
      {
        code: 'licence-not-allowed',
        ...place,
        message: `Cannot use ${name}: its licence is ${license ?? 'not declared'}, expected one of ${allowed.join(', ')}`,
        fix: 'Take another package, or add the licence to the list once it has been read.',
      },
    ];
  });
}

/** Reads `license` as an SPDX expression: one side of each OR must be allowed, both sides of each AND. */
function judgeLicence(license: unknown, allowed: readonly string[]): 'allowed' | 'refused' | 'unreadable' {
  if (typeof license !== 'string') return 'unreadable';
  try {
    return satisfies(license, allowed) ? 'allowed' : 'refused';
  } catch {
    // The parser gives offsets of characters; the finding shows the whole text.
    return 'unreadable';
  }
}
