/** A tool of the server: what it takes, what it returns, and how it runs. */
import * as z from 'zod';

/** What a tool returns: data, and the same for readers. */
export interface Answer<Data> {
  data: Data;
  text: string;
}

type Shape = Readonly<Record<string, z.ZodType>>;

export interface Tool {
  name: string;
  title: string;
  description: string;
  input: Shape;
  output: Shape;
  /** Whether it runs programs. */
  runs: boolean;
  /** `input` has been parsed. Rejects with a `ToolError` if it cannot answer. */
  run: (input: never) => Promise<Answer<Record<string, unknown>>>;
}

/** Why a tool cannot answer: told to the client. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
}

/** A tool whose function has the types of its schemas. */
export function defineTool<Input extends Shape, Output extends Shape>(
  tool: Omit<Tool, 'input' | 'output' | 'run' | 'runs'> & {
    input: Input;
    output: Output;
    runs?: boolean;
    run: (input: z.infer<z.ZodObject<Input>>) => Promise<Answer<z.infer<z.ZodObject<Output>>>>;
  },
): Tool {
  return { runs: false, ...tool } as Tool;
}
