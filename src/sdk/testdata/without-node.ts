/** A thread in which the helpers find no module of Node. It calls one function for each message, and sends the result. */
import { parentPort } from 'node:worker_threads';
import { OLD_PASSWORD, PASSWORD } from './seal-by-hand.ts';

const { getBuiltinModule } = process;
process.getBuiltinModule = () => {
  throw new Error('A module of Node is used');
};
const { decodeBase64urlExactly, decodeBase64urlText, nodeModules, uncached } = await import('../runtime.ts');
const isWithoutNode = nodeModules() === undefined;
process.getBuiltinModule = getBuiltinModule;
const { parseCookiePassword, sealPayload, unsealPayload, unsealSession } = await import('../seal.ts');
const { verifyAccessToken } = await import('../access-token.ts');
const { KeySet } = await import('../key-set.ts');

const keyring = parseCookiePassword([PASSWORD, OLD_PASSWORD], 'seal session');

const FUNCTIONS = {
  isWithoutNode: () => isWithoutNode,
  decodeBase64urlText,
  decodeBase64urlExactly,
  seal: (payload: object) => sealPayload(payload, keyring),
  unseal: (seal: string) => unsealSession(seal, keyring),
  unsealAt: (seal: string, nowMs: number) => unsealPayload(seal, keyring, (payload) => payload, nowMs),
  verify: (url: string, tokens: string[]) => {
    const keys = new KeySet(url);
    const policy = { issuers: undefined, audiences: undefined, clockToleranceSec: 0, nowMs: Date.now() };
    return Promise.all(tokens.map((token) => verifyAccessToken(token, keys, policy)));
  },
  uncachedIfRefused: () => {
    globalThis.Request = function refuse() {
      throw new TypeError('The cache field on RequestInitializerDict is not implemented');
    } as never;
    return uncached();
  },
};

export type Functions = typeof FUNCTIONS;

parentPort?.on('message', async ({ name, args }: { name: keyof Functions; args: never[] }) => {
  const call = FUNCTIONS[name] as (...given: never[]) => unknown;
  parentPort?.postMessage(await call(...args));
});
