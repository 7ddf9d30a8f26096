/** A server on standard input and output, a message a line. A line that is not a message gets an error, as JSON-RPC asks. */
import { Transform, type Writable, type Readable } from 'node:stream';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';

/** Bytes of a message. */
export const MESSAGE_BYTES_MAX = 1_048_576;

const NEWLINE = 10;

/** Answers until the input ends. */
export async function serveStdio(server: McpServer, input: Readable, output: Writable): Promise<void> {
  const lines = onlyMessages((code, message) =>
    output.write(`${JSON.stringify({ jsonrpc: '2.0', id: null, error: { code, message } })}\n`),
  );
  const over = new Promise((resolve) => lines.once('close', resolve));
  await server.connect(new StdioServerTransport(input.pipe(lines) as never, output as never));
  await over;
  await server.close();
}

/** Passes on the lines that are messages. Of a line that is too long, nothing is kept. */
export function onlyMessages(refuse: (code: number, message: string) => void): Transform {
  let kept: Buffer[] = [];
  let bytes = 0;
  const end = (stream: Transform) => {
    const line = Buffer.concat(kept).toString('utf8').trim();
    const length = bytes;
    [kept, bytes] = [[], 0];
    if (length > MESSAGE_BYTES_MAX || line === '') return;
    const fault = findFault(line);
    if (fault) refuse(...fault);
    else stream.push(`${line}\n`);
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      for (let rest = chunk; rest.length > 0;) {
        const at = rest.indexOf(NEWLINE);
        const part = at === -1 ? rest : rest.subarray(0, at);
        const isOver = bytes > MESSAGE_BYTES_MAX;
        bytes += part.length;
        if (bytes <= MESSAGE_BYTES_MAX) kept.push(part);
        else if (!isOver) {
          kept = [];
          refuse(-32_600, `Cannot read the message: it is over ${MESSAGE_BYTES_MAX} bytes, expected fewer`);
        }
        if (at === -1) break;
        end(this);
        rest = rest.subarray(at + 1);
      }
      done();
    },
  });
}

function findFault(line: string): [code: number, message: string] | undefined {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    return [-32_700, 'Cannot read the message: it is not JSON, expected a JSON-RPC message on one line'];
  }
  if (JSONRPCMessageSchema.safeParse(message).success) return undefined;
  return [-32_600, 'Cannot read the message: it is not a JSON-RPC 2.0 request, notification or response'];
}
