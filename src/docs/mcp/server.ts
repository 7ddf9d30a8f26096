/** Tools → a server of the Model Context Protocol (https://modelcontextprotocol.io). */
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import * as z from 'zod';
import { FindingsError, UsageError } from '../findings/index.ts';
import { type Tool, ToolError } from './tool.ts';

export interface ServerOptions {
  /** Name of the site. */
  title: string;
  version: string;
  /** What an agent should know before it uses a tool. */
  instructions: string;
  tools: readonly Tool[];
}

/** Creates a server, which answers when it is connected to a transport. */
export function createMcpServer({ title, version, instructions, tools }: ServerOptions): McpServer {
  const server = new McpServer({ name: 'verified-docs', title, version }, { instructions });
  for (const { name, title, description, input, output, runs, run } of tools) {
    server.registerTool(
      name,
      {
        title,
        description,
        inputSchema: z.strictObject(input),
        outputSchema: z.object(output),
        annotations: { readOnlyHint: !runs, destructiveHint: runs, idempotentHint: !runs, openWorldHint: runs },
      },
      async (given: unknown) => {
        try {
          const { data, text } = await run(given as never);
          return { content: [{ type: 'text' as const, text }], structuredContent: data };
        } catch (error) {
          return { isError: true, content: [{ type: 'text' as const, text: sentenceOf(error) }] };
        }
      },
    );
  }
  return server;
}

/** The message of an error that says what to do; that of any other names it as a fault of the server. */
function sentenceOf(error: unknown): string {
  if (error instanceof ToolError || error instanceof UsageError || error instanceof FindingsError) return error.message;
  return `Cannot answer: ${error instanceof Error ? error.message : String(error)}`;
}
