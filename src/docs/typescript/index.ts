/** The one adapter of TypeScript's compiler: programs examined, and a package's types read. */
export type { Callable } from './callables.ts';
export { type Calls, checkCalls } from './calls.ts';
export type { DescribedType } from './describe-types.ts';
export { type Examination, type ExamineOptions, examinePrograms } from './examine.ts';
export { readManifest } from './imports.ts';
export { type Call, type Field, type SdkCheckerOptions, type TypeOf, SdkChecker, SdkProgram } from './sdk-types.ts';
export type { Program } from './compiler.ts';
