/** The environment variables that every program gets: what it needs to run, and one time zone and language for all. */
const MACHINE_VARIABLES = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'];

/** Readers' machines differ in both; the output of a snippet must not. */
const TIME_ZONE = 'UTC';
/** Node has the data of every language; other interpreters only have those that the machine installed. */
const LOCALES = { node: 'en_US.UTF-8', machine: 'C.UTF-8' } as const;

/** The time zone and the locale of every run. */
export function fixedEnvironment(interpreter: keyof typeof LOCALES): Record<string, string> {
  return { TZ: TIME_ZONE, LANG: LOCALES[interpreter], LC_ALL: LOCALES[interpreter] };
}

export function machineEnvironment(interpreter: keyof typeof LOCALES): Record<string, string> {
  const present = MACHINE_VARIABLES.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(present), ...fixedEnvironment(interpreter) };
}
