/** The files that say where the facts on the pages come from → their rows, and findings for rows that do not hold. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type Finding, nearestName } from '../findings/index.ts';
import { type Place, type YamlPath, readFrontmatter } from '../pages/index.ts';
import { measure, unitCalled, unitOfName } from './quantities.ts';

const words = z.array(z.string().min(1)).min(1);
const reason = z.string().min(1);
const schema = z.strictObject({
  quantities: z
    .array(
      z.union([
        z.strictObject({ from: reason, says: words }),
        z.strictObject({ because: reason, says: words }),
        z.strictObject({ because: reason, files: words }),
      ]),
    )
    .default([]),
  statements: z.array(z.strictObject({ from: reason, times: z.int().min(2).optional(), says: words })).default([]),
  names: z.array(z.strictObject({ because: reason, names: words })).default([]),
  links: z.array(z.strictObject({ says: reason, leads: z.string().startsWith('/') })).default([]),
});

export interface Row {
  /** Where it is. Positions take long to find, and are only needed for findings. */
  locate(): Place & { file: string };
}

/** A phrase with a quantity, or a statement, exactly as pages say it. */
export interface Phrase extends Row {
  says: string;
  /** What confirms it. */
  from?: string;
  /** In how many passages it is. By default, in one or more. */
  times?: number;
}

export interface Ledger {
  /** The pattern of its files, for messages. */
  file: string;
  phrases: Phrase[];
  statements: Phrase[];
  /** Files whose numbers are not compared, because a command writes them. */
  files: (Row & { name: string })[];
  /** Names that occur in no code, with the reason in the file. */
  names: (Row & { name: string })[];
  /** Links whose text has no word of the page that they lead to. */
  links: (Row & { says: string; leads: string })[];
  findings: Finding[];
}

/** Reads the files that match the pattern, and compares each phrase that names its source with that source. */
export function readLedger(root: string, pattern: string): Ledger {
  const files = globSync(pattern, { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
  const readSource = rememberSources(root);
  const parts = files.map((file) => readRows(root, file, readSource));
  return {
    file: pattern,
    phrases: parts.flatMap((part) => part.phrases),
    statements: parts.flatMap((part) => part.statements),
    files: parts.flatMap((part) => part.files),
    names: parts.flatMap((part) => part.names),
    links: parts.flatMap((part) => part.links),
    findings: parts.flatMap((part) => part.findings),
  };
}

function readRows(root: string, file: string, readSource: ReadSource): Omit<Ledger, 'file'> {
  const yaml = readFileSync(join(root, file), 'utf8');
  const { values, locate, findings } = readFrontmatter({ file, page: file, yaml, firstLine: 1 });
  const rowAt = (path: YamlPath): Row => ({ locate: () => ({ file, ...locate(path) }) });
  const parsed = schema.safeParse(values);
  const issues = (parsed.error?.issues ?? []).map(({ path, message }): Finding => ({
    code: 'facts-malformed',
    ...rowAt(path as (string | number)[]).locate(),
    message: `Cannot read ${path.join('.')}: ${message}`,
    fix: 'Correct the row.',
  }));
  const { quantities = [], statements = [], names = [], links = [] } = parsed.data ?? {};
  const phrasesOf = (list: string, rows: readonly object[]): Phrase[] =>
    rows.flatMap((row, index) =>
      ('says' in row ? (row.says as string[]) : []).map((says, at) => ({
        says,
        ...('from' in row && { from: row.from as string }),
        ...('times' in row && row.times !== undefined && { times: row.times as number }),
        ...rowAt([list, index, 'says', at]),
      })),
    );
  const phrases = phrasesOf('quantities', quantities);
  const stated = phrasesOf('statements', statements);
  return {
    phrases,
    statements: stated,
    files: quantities.flatMap((row, index) =>
      ('files' in row ? row.files : []).map((name, at) => ({ name, ...rowAt(['quantities', index, 'files', at]) })),
    ),
    names: names.flatMap((row, index) =>
      row.names.map((name, at) => ({ name, ...rowAt(['names', index, 'names', at]) })),
    ),
    links: links.map((link, index) => ({ ...link, ...rowAt(['links', index]) })),
    findings: [
      ...findings,
      ...issues,
      ...phrases.flatMap((phrase) => compare(phrase, readSource)),
      ...stated.flatMap((statement) => confirm(statement, readSource)),
    ],
  };
}

/** A statement is confirmed by a piece of code, or by a part of the title of a test: `src/api.test.ts "retries once"`. */
function confirm({ says, from = '', locate }: Phrase, readSource: ReadSource): Finding[] {
  const [, source = '', quote = ''] = /^(\S+) "(.+)"$/.exec(from) ?? [];
  const found = readSource(source);
  if (quote !== '' && found?.oneLine.includes(squeeze(quote))) return [];
  const missing =
    quote === ''
      ? 'expected a file and a piece of it in quotation marks'
      : found === undefined
        ? `there is no file ${source}`
        : `${source} has no ${quote}`;
  return [
    {
      code: 'statement-unconfirmed',
      ...locate(),
      message: `Cannot say "${says}": ${missing}`,
      fix: 'Correct the page if the code is right, or name what confirms it now.',
    },
  ];
}

/**
 * Compares a phrase with its source: `src/keys.ts FRESH_MS` is a constant, `package.json engines.node` a value, and
 * `src/api.ts "429: 'busy'"` a piece of code that must contain the number.
 */
function compare({ says, from, locate }: Phrase, readSource: ReadSource): Finding[] {
  if (from === undefined) return [];
  const report = (what: string, fix: string, nearest?: string): Finding[] => [
    {
      code: 'quantity-differs',
      ...locate(),
      message: `Cannot say "${says}": ${what}`,
      ...(nearest !== undefined && { nearest }),
      fix,
    },
  ];
  const [, source = '', , quote, name = ''] =
    /^(\S+) ("(.*)"|(\S+))$/.exec(from)?.map((each) => each ?? undefined) ?? [];
  const found = readSource(source);
  if (found === undefined) return report(`there is no file ${source || from}`, 'Correct "from".');
  const { text, oneLine } = found;
  if (quote !== undefined) {
    if (!oneLine.includes(squeeze(quote))) return report(`${source} has no ${quote}`, 'Correct the page or "from".');
    const { value } = measure(says) ?? {};
    const figures = Array.from(says.matchAll(/\d[\d,._]*\d|\d/g), ([figure]) => figure.replaceAll(/[,_]/g, ''));
    const given = quote.replaceAll(/(?<=\d)[,_](?=\d)/g, '');
    const [, otherwise = ''] = /\bdefaults?(?: to| of| is|:)? `?([\w./-]+)`?/i.exec(says) ?? [];
    if (otherwise !== '' && !/^(?:the|that)$/.test(otherwise) && figures.length === 0)
      return given.includes(otherwise) ? [] : report(`${source} has ${quote}`, 'Correct the page, or its source.');
    const isIn =
      figures.some((figure) => given.includes(figure)) ||
      productsOf(given).some((product) => product === value || product * 1_000 === value);
    // A unit without a number is compared with the names in the code.
    if (isIn || value === undefined || quote === says) return [];
    return report(`${source} has ${quote}`, 'Correct the page, or name its source.');
  }
  if (source.endsWith('.json')) {
    const value = valueAt(JSON.parse(text), name);
    if (value === undefined) return report(`${source} has no ${name}`, 'Correct "from".');
    const figures = says.match(/\d+(?:\.\d+)*/g) ?? [];
    return figures.some((figure) =>
      new RegExp(`(?<![\\d.])${figure.replaceAll('.', '\\.')}(?!\\d)`).test(String(value)),
    )
      ? []
      : report(`${name} of ${source} is ${String(value)}`, 'Correct the page.');
  }
  const constants = constantsOf(text);
  const constant = constants.get(name);
  if (constant === undefined)
    return report(`${source} has no constant ${name}`, 'Correct "from".', nearestName(name, constants.keys()));
  const measured = measure(says);
  const unit = unitOfName(name);
  const factor = measured?.of !== undefined && measured.of === unit?.of ? unit.factor : 1;
  if (measured !== undefined && Math.abs(measured.value - constant * factor) < 1e-9) return [];
  return report(`${name} of ${source} is ${constant}`, 'Correct the page, or the constant.');
}

/**
 * Whether the code that a comment belongs to has the quantity of the comment: `60_000` that of "a minute", and `nowMs` that
 * of "milliseconds".
 */
export function isDeclared(phrase: string, code: string): boolean {
  const { value, of } = measure(phrase) ?? {};
  if (value === undefined) {
    const { of: kind, factor } = unitCalled(phrase) ?? {};
    return (code.match(/\w+/g) ?? [])
      .map(unitOfName)
      .some((unit) => unit !== undefined && unit.of === kind && unit.factor === factor);
  }
  return productsOf(code).some((product) => product === value || (of === 'ms' && product * 1_000 === value));
}

const squeeze = (text: string) => text.replaceAll(/\s+/g, ' ');

interface Source {
  text: string;
  /** The text on one line, as quotes are compared. */
  oneLine: string;
}

type ReadSource = (file: string) => Source | undefined;

/** Reads each file once, because many rows name the same one. */
function rememberSources(root: string): ReadSource {
  const sources = new Map<string, Source | undefined>();
  return (file) => {
    if (!sources.has(file)) sources.set(file, readSourceOf(join(root, file)));
    return sources.get(file);
  };
}

function readSourceOf(path: string): Source | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    return { text, oneLine: squeeze(text) };
  } catch {
    return undefined;
  }
}

function valueAt(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const record = value as Record<string, unknown>;
  if (Object.hasOwn(record, path)) return record[path];
  // Keys can contain dots, so the longest comes first.
  const parts = path.split('.');
  for (let length = parts.length - 1; length > 0; length--) {
    const key = parts.slice(0, length).join('.');
    if (Object.hasOwn(record, key)) return valueAt(record[key], parts.slice(length).join('.'));
  }
  return undefined;
}

/** `const A_MS = 10 * 60_000;` → `A_MS` is 600,000. */
function constantsOf(text: string): Map<string, number> {
  const found = text.matchAll(/\b([\w$]+)(?:: [\w ]+)? ?[=:] ?(\d[\d_.]*(?: \* \d[\d_.]*)*)(?=[;,)\s}]|$)/gm);
  return new Map(Array.from(found, ([, name = '', product = '']) => [name, multiply(product)]));
}

/** `return 7 * 86_400` → 604,800. */
function productsOf(text: string): number[] {
  return (text.match(/\d[\d_.]*(?: \* \d[\d_.]*)*/g) ?? []).map(multiply);
}

function multiply(product: string): number {
  return product
    .split(' * ')
    .map((each) => Number(each.replaceAll('_', '')))
    .reduce((a, b) => a * b, 1);
}
