// All syntax that TypeScript adds to JavaScript.
import { type SessionCookie, WorkOS, type WorkOSOptions as Options } from 'authkit-session-helpers';
import type { User } from 'authkit-session-helpers';
import type * as Helpers from 'authkit-session-helpers';
export type { User };
export type * from 'authkit-session-helpers';

type Name = string;
type Tail = `${Name}-${number}`;
type Pair<First, Second = First> = readonly [first: First, second?: Second, ...rest: boolean[]];
type Element<List> = List extends readonly (infer Item extends string)[] ? Item : never;
type Loose<Of> = { -readonly [Key in keyof Of]-?: Of[Key] };
type Renamed<Of> = { +readonly [Key in keyof Of as `get${Capitalize<Key & string>}`]+?: () => Of[Key] };
type Make = new (options: Options) => WorkOS;
type Abstract = abstract new () => object;
type Check = (value: unknown) => value is string;
type Loaded = typeof import('authkit-session-helpers');
type Union = { kind: 'a'; value: number } | { kind: 'b'; value: unique symbol extends symbol ? 1 : 2 };

interface Shape extends Object {
  readonly id: number;
  note?: string;
  (call: number): string;
  new (made: string): Shape;
  method<T extends object = {}>(this: Shape, value: T): asserts value is T;
  get size(): number;
  set size(value: number);
  [key: string]: unknown;
}

declare const VERSION: unique symbol;
declare let later: bigint, never: undefined;
declare function declared(a: number): void;
declare class Declared {
  private x;
}
declare module 'nothing' {
  export const a: number;
}
declare global {
  interface Window {
    sealed: string;
  }
}
declare namespace Ambient {
  const a: number;
  type B = string;
}
declare enum Outside {
  A,
}

enum Level {
  Low,
  High = 5,
  Higher,
  Named = 'named',
  Computed = 'abc'.length,
}
const enum Fixed {
  One = 1,
  Two = One << 1,
}
export enum Shown {
  A = `a`,
  'b c' = 2,
}

abstract class Base<in out T, const U extends readonly unknown[] = []> {
  declare ghost: string;
  static readonly count: number = 1;
  static #secret?: number;
  protected abstract readonly wanted: T;
  abstract describe(): string;
  [key: string]: unknown;
  constructor(
    private readonly first: T,
    public second = 2,
    protected third?: U,
  ) {}
  override toString?(): string;
  get value(): T {
    return this.first!;
  }
  set value(value: T) {}
  private async *walk<V>(this: Base<T>, ...values: V[]): AsyncGenerator<V, void, unknown> {
    yield* values;
  }
}

class Sub extends Base<number> implements Shape, Iterable<string> {
  wanted!: number;
  public static override readonly count = 2 as const;
  constructor(readonly extra: string) {
    super(1);
  }
  describe(): string;
  describe(loud: boolean): string;
  describe(loud?: boolean): string {
    return `${this.extra}${loud ? '!' : ''}`;
  }
  *[Symbol.iterator](): Iterator<string> {}
}

function overloaded(a: string): void;
function overloaded(a: number, b?: string): void;
function overloaded(this: void, a: unknown, b: string = 'b', ...rest: [number, string?]): void {}
function assertText(value: unknown): asserts value is string {}
function assertTrue(value: unknown): asserts value {}
async function later2<const T extends readonly string[]>(list: T): Promise<T[number] | undefined> {
  return list[0];
}

const arrow = <T>(value: T): T => value;
const typed = async <T extends object>({ a, ...rest }: { a: T; [k: string]: T }, [b]: T[] = []): Promise<T> => a ?? b;
const ternary = Math.random() > 2 ? (a: number): number => a : (b: string) => b;
const guard = (value: unknown): value is string => typeof value === 'string';
const given = { a: 1 } satisfies Record<string, number> as const;
const cast = <unknown>given;
const twice = given as unknown as { a: 1 | 2 };
const sure = twice!.a!;
const instance = new Map<string, Array<Pair<number>>>();
const called = arrow<Map<string, number>>(new Map<string, number>());
const instantiated = arrow<string>;
const tagged = String.raw<never>`a\n${sure as number}`;
const optional = (twice?.a!.toFixed<never>)?.(1);
const compared = 1 < 2 && 3 > (2 as number);
let definite!: string,
  annotated: string | undefined = undefined,
  unions: 'a' | 'b';
let tuple: [a: string, b?: number];
let callback: (...all: any[]) => void = () => {},
  nested: ((a: (b: string) => void) => (c: number) => void)[];
for (const each of [1, 2] as number[]) {
  label: for (const key in {} as object) continue label;
}
try {
  throw new Error('x');
} catch (error: unknown) {
  (error as Error).message;
}
const { a: renamed = 1 as number, ...others }: { a?: number } = {};
(twice as { a: number }).a = 2;
(annotated as string) += 'x';
export default interface Exported {
  a: string;
}
export const users: Partial<Record<Name, User>> = {};
if (instance instanceof Map<string, number>) {
  type Inner = string;
  interface Local {}
  const inner: Inner = '';
}
switch (sure as number) {
  case 1 as number: {
    break;
  }
  default:
}
