/** package-lock.json → a finding for each package whose licence is not allowed. */
import satisfies from 'spdx-satisfies';
import type { Finding } from '../docs/findings/index.ts';

const LOCKFILE = 'package-lock.json';
/** Licences of runtime dependencies. */
const SHIPPED = ['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0'];
/** Licences of development dependencies, which are not part of the package. */
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

/** Checks every package in the lockfile, even if it is not installed on this machine. */
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
          fix: 'Use another package.',
        },
      ];
    }
    return [
      {
        code: 'licence-not-allowed',
        ...place,
        message: `Cannot use ${name}: its licence is ${license ?? 'not declared'}, expected one of ${allowed.join(', ')}`,
        fix: 'Use another package, or read the licence and add it to the list.',
      },
    ];
  });
}

/** Evaluates `license` as an SPDX expression: one side of each OR must be allowed, both sides of each AND. */
function judgeLicence(license: unknown, allowed: readonly string[]): 'allowed' | 'refused' | 'unreadable' {
  if (typeof license !== 'string') return 'unreadable';
  try {
    return satisfies(license, allowed) ? 'allowed' : 'refused';
  } catch {
    // The parser's message only has offsets; the finding shows the whole text.
    return 'unreadable';
  }
}
