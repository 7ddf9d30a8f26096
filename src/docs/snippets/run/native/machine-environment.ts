/** The environment variables that every program needs to run. */
const MACHINE_VARIABLES = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'];

export function machineEnvironment(): Record<string, string> {
  return Object.fromEntries(
    MACHINE_VARIABLES.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
