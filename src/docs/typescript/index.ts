/** The only adapter of TypeScript's compiler: examines snippets, and reads the types of a package. */
export type { Callable } from './callables.ts';
export { type Calls, checkCalls } from './calls.ts';
export type {
  Declaration,
  DeclaredCall,
  DeclaredCase,
  DeclaredField,
  DeclaredThrow,
  DeclaredType,
} from './declarations.ts';
export { findComments } from './comments.ts';
export type { DescribedType } from './describe-types.ts';
export { type Examination, type ExamineOptions, examinePrograms } from './examine.ts';
export { readManifest } from './imports.ts';
export { type Call, type Field, type SdkCheckerOptions, type TypeOf, SdkChecker, SdkProgram } from './sdk-types.ts';
export { type Program, answerTask, askCompiler } from './compiler.ts';
