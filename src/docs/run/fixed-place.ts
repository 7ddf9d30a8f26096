/** In the worker: UTC and English, as when the page was built, whatever the reader's browser is set to. */

const LOCALE = 'en-US';
const TIME_ZONE = 'UTC';

type Method = (this: unknown, ...given: unknown[]) => unknown;
type Methods = Record<string, Method>;

/** The fields of a date, whose local methods become those for UTC. */
const FIELDS = ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'];
/** A text with a time zone, or a date alone, which is in UTC by definition. */
const ZONED = /(?:Z|[+-]\d\d:?\d\d|GMT|UTC)(?:\s*\([^)]*\))?$|^[+-]?\d{4,6}(?:-\d\d){0,2}$/i;

/** Changes the built-in objects of this thread. */
export function fixPlace(): void {
  fixFormats();
  fixMethods();
  fixDates();
}

/** `new Intl.DateTimeFormat()` and its like. */
function fixFormats(): void {
  const formats = Intl as unknown as Record<string, { supportedLocalesOf?: unknown }>;
  for (const name of Object.getOwnPropertyNames(formats)) {
    const format = formats[name];
    if (typeof format !== 'function' || !('supportedLocalesOf' in format)) continue;
    const withPlace = ([locales, options, ...rest]: unknown[]) => [
      locales ?? LOCALE,
      name === 'DateTimeFormat' ? inZone(options) : options,
      ...rest,
    ];
    const fixed: object = new Proxy(format, {
      construct: (target, given, called) =>
        Reflect.construct(target as never, withPlace(given), called === fixed ? (target as never) : called),
      apply: (target, self, given) => Reflect.apply(target as never, self, withPlace(given)),
    });
    Object.assign(formats, { [name]: fixed });
  }
}

function inZone(options: unknown): object {
  const given = (options ?? {}) as { timeZone?: string };
  return { ...given, timeZone: given.timeZone ?? TIME_ZONE };
}

/** `(1.5).toLocaleString()`, `'a'.localeCompare('b')` and their like. */
function fixMethods(): void {
  const fix = (prototype: object, name: string, complete: (given: unknown[]) => unknown[]) => {
    const methods = prototype as Methods;
    const method = methods[name] as Method;
    methods[name] = function fixed(...given) {
      return method.apply(this, complete(given));
    };
  };
  const localeFirst = ([locales, ...rest]: unknown[]) => [locales ?? LOCALE, ...rest];
  for (const { prototype } of [Number, BigInt, Array, Object.getPrototypeOf(Uint8Array) as { prototype: object }])
    fix(prototype, 'toLocaleString', localeFirst);
  for (const name of ['toLocaleUpperCase', 'toLocaleLowerCase']) fix(String.prototype, name, localeFirst);
  fix(String.prototype, 'localeCompare', ([that, locales, ...rest]) => [that, locales ?? LOCALE, ...rest]);
  for (const name of ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'])
    fix(Date.prototype, name, ([locales, options]) => [locales ?? LOCALE, inZone(options)]);
}

function fixDates(): void {
  const Local = Date;
  const methods = Local.prototype as unknown as Methods;
  const { parse: parseLocal } = Local;
  const offsetOf = methods['getTimezoneOffset'] as Method;
  /** The time of a text without a time zone, as if it were in UTC. */
  const parse = (text: string): number => {
    const time = parseLocal(text);
    if (Number.isNaN(time) || ZONED.test(text.trim())) return time;
    return time - (offsetOf.call(new Local(time)) as number) * 60_000;
  };
  const fixed: DateConstructor = new Proxy(Local, {
    construct: (target, given: unknown[], called) => {
      const [first] = given;
      const times =
        given.length > 1
          ? [Local.UTC(...(given as [number, number]))]
          : typeof first === 'string'
            ? [parse(first)]
            : given;
      return Reflect.construct(target, times, called === fixed ? target : called) as Date;
    },
    apply: () => new Local().toString(),
  });
  for (const field of FIELDS) {
    methods[`get${field}`] = methods[`getUTC${field}`] as Method;
    if (field !== 'Day') methods[`set${field}`] = methods[`setUTC${field}`] as Method;
  }
  const textOf = (parts: (text: string) => string): Method =>
    function fixedText(this: unknown) {
      const date = this as Date;
      return Number.isNaN(date.getTime()) ? 'Invalid Date' : parts(date.toUTCString());
    };
  // `Thu, 01 Jan 1970 00:00:00 GMT`
  const day = (text: string) => text.replace(/^(\w+), (\d+) (\w+) (\S+) .*$/, '$1 $3 $2 $4');
  const time = (text: string) => `${text.slice(-12)}+0000 (Coordinated Universal Time)`;
  Object.assign(methods, {
    constructor: fixed,
    getTimezoneOffset: () => 0,
    toString: textOf((text) => `${day(text)} ${time(text)}`),
    toDateString: textOf(day),
    toTimeString: textOf(time),
  });
  Object.assign(Local, { parse });
  globalThis.Date = fixed;
}
