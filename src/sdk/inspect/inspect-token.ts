/** An access token → its claims in words, its signature, and why it is refused. */
import {
  checkAccessToken,
  decodeTokenPart,
  type AccessTokenClaims,
  type TokenFault,
  type TokenPolicy,
} from '../access-token.ts';
import { SessionError } from '../errors.ts';
import type { KeySet } from '../key-set.ts';
import { cause, type Cause } from './causes.ts';
import type { Fact, Outcome, Step } from './inspection.ts';
import { count, describeDate, describeDuration, describeTime, quote, showSecret, type Secrets } from './words.ts';

/** The signing keys, and where they are from. */
export interface Keys {
  /** Such as the name of a file or an address; undefined if none were given. */
  from: string | undefined;
  set: KeySet;
  /** The ids of the keys that were read so far. */
  ids: () => readonly string[];
}

export interface TokenInput {
  token: string;
  keys: Keys;
  policy: TokenPolicy;
  clientId: string | undefined;
  /** Whether there is a refresh token beside it. */
  refreshable: boolean;
  secrets: Secrets;
}

export interface TokenReport {
  steps: Step[];
  causes: Cause[];
}

/** A token that was issued this much in the future shows that a clock is wrong, and not that a network is fast. */
const CLOCK_NOTICED_SEC = 5;
/** The claims that every AuthKit token can have. Other claims are your own. */
const KNOWN_CLAIMS = ['iss', 'aud', 'sub', 'sid', 'jti', 'org_id', 'role', 'roles', 'permissions', 'entitlements'];
const SHOWN_CLAIMS = [...KNOWN_CLAIMS, 'feature_flags', 'client_id', 'act'];
const TIMES: readonly [claim: string, label: string][] = [
  ['iat', 'issued'],
  ['nbf', 'valid from'],
  ['exp', 'expires'],
  ['auth_time', 'signed in'],
];

/** Claims first, then the signature, as `authenticate()` checks them. But it goes on after a fault. */
export async function inspectToken(input: TokenInput): Promise<TokenReport> {
  const { token, keys, policy } = input;
  const [header, claims] = token.split('.', 2).map(decodeTokenPart);
  const facts = describeToken(header, claims, input);
  const claimCauses: Cause[] = [];
  const found = await check(token, keys, policy);
  const claimFault = typeof found === 'string' && isClaimFault(found) ? found : undefined;
  if (claimFault) claimCauses.push(describeFault(claimFault, claims ?? {}, header ?? {}, input));
  const issued = claims?.['iat'];
  if (typeof issued === 'number' && issued - policy.nowMs / 1000 > CLOCK_NOTICED_SEC && !claimFault) {
    claimCauses.push(cause('clock_slow', describeDuration(issued - policy.nowMs / 1000), describeNow(policy)));
  }
  const outcome: Outcome = claimFault ? 'failed' : claimCauses.length > 0 ? 'warned' : 'passed';
  const summary = claimFault ? 'The claims are refused.' : 'The claims are accepted.';
  const steps: Step[] = [{ step: 'claims', outcome, summary, facts }];
  if (!claims || claimFault === 'malformed') return { steps, causes: claimCauses };
  const anyTime = { ...policy, issuers: undefined, audiences: undefined, clockToleranceSec: Number.POSITIVE_INFINITY };
  const signature = isClaimFault(found) ? await check(token, keys, anyTime) : found;
  const { step, causes } = describeSignature(signature, claims, header ?? {}, input);
  return { steps: [...steps, step], causes: [...claimCauses, ...causes] };
}

type Checked = AccessTokenClaims | TokenFault | 'keys_unavailable';

async function check(token: string, keys: Keys, policy: TokenPolicy): Promise<Checked> {
  try {
    return await checkAccessToken(token, keys.set, policy);
  } catch (error) {
    if (error instanceof SessionError && error.code === 'keys_unavailable') return error.code;
    throw error;
  }
}

const CLAIM_FAULTS: readonly unknown[] = [
  'malformed',
  'no_session_id',
  'no_expiration',
  'malformed_time',
  'expired',
  'not_yet_valid',
  'wrong_audience',
  'wrong_issuer',
] satisfies TokenFault[];
const isClaimFault = (found: unknown): found is TokenFault => CLAIM_FAULTS.includes(found);

const describeNow = ({ nowMs }: TokenPolicy) => describeDate(new Date(nowMs));

const MALFORMED: Partial<Record<TokenFault, string>> = {
  malformed: 'it is not a signed JWT',
  no_session_id: 'it has no session id (sid)',
  no_expiration: 'it has no expiration (exp)',
  malformed_time: 'exp, nbf or iat is not a number',
  unknown_extension: 'its header has an extension that the helpers do not know (crit or b64)',
  wrong_type: 'its header has the type of another kind of token (typ)',
  malformed_key_id: 'the id of its key (kid) is not a string',
};

function describeFault(
  fault: TokenFault,
  claims: Record<string, unknown>,
  header: Record<string, unknown>,
  { policy, keys, refreshable }: TokenInput,
): Cause {
  const { nowMs, issuers = [], audiences = [] } = policy;
  const now = describeNow(policy);
  switch (fault) {
    case 'expired':
      return cause('token_expired', describeTime(Number(claims['exp']), nowMs), now, refreshable);
    case 'not_yet_valid':
      return cause('not_yet_valid', describeTime(Number(claims['nbf']), nowMs), now);
    case 'wrong_issuer':
      return cause('wrong_issuer', describeText(claims['iss']), issuers);
    case 'wrong_audience':
      return cause('wrong_audience', describeText(claims['aud']), audiences);
    case 'wrong_algorithm':
      return cause('wrong_algorithm', describeText(header['alg']));
    case 'unknown_key':
      return cause('unknown_key', describeText(header['kid']), keys.ids());
    case 'wrong_signature':
      return cause('wrong_signature');
    default:
      return cause('token_malformed', MALFORMED[fault] ?? fault);
  }
}

function describeText(value: unknown): string {
  return value === undefined ? 'absent' : typeof value === 'string' ? quote(value) : quote(JSON.stringify(value));
}

function describeSignature(
  checked: Checked,
  claims: Record<string, unknown>,
  header: Record<string, unknown>,
  input: TokenInput,
): { step: Step; causes: Cause[] } {
  const { keys, clientId } = input;
  const source = keys.from === undefined ? 'none' : `${keys.from} (${count(keys.ids().length, 'key')})`;
  const facts = [
    { label: 'algorithm', value: describeText(header['alg']) },
    { label: 'key id', value: describeText(header['kid']) },
    { label: 'keys', value: source },
  ];
  const step = (outcome: Outcome, summary: string): Step => ({ step: 'signature', outcome, summary, facts });
  if (typeof checked !== 'string') return { step: step('passed', 'A known key signed the access token.'), causes: [] };
  if (checked === 'keys_unavailable') {
    if (keys.from === undefined)
      return {
        step: step('skipped', 'Without signing keys, the signature is not checked.'),
        causes: [cause('keys_not_given')],
      };
    return { step: step('failed', 'The signing keys could not be read.'), causes: [cause('keys_unavailable')] };
  }
  const issuedFor = issuedForClient(claims);
  const isOther = checked === 'unknown_key' && issuedFor !== undefined && clientId !== undefined;
  const fault =
    isOther && issuedFor !== clientId
      ? cause('other_client', issuedFor, clientId)
      : describeFault(checked, claims, header, input);
  return { step: step('failed', 'The signature is refused.'), causes: [fault] };
}

/** The client id that a token was issued for, as far as its issuer names it. */
function issuedForClient({ iss, client_id: clientId }: Record<string, unknown>): string | undefined {
  return /\bclient_\w+/.exec(typeof clientId === 'string' ? clientId : String(iss))?.[0];
}

function describeToken(
  header: Record<string, unknown> | undefined,
  claims: Record<string, unknown> | undefined,
  { token, policy, secrets }: TokenInput,
): Fact[] {
  const size = { label: 'access token', value: showSecret(token, secrets) };
  if (!header || !claims) return [size];
  const times = TIMES.filter(([claim]) => claims[claim] !== undefined).map(([claim, label]) => {
    const value = claims[claim];
    return { label, value: typeof value === 'number' ? describeTime(value, policy.nowMs) : describeText(value) };
  });
  const others = Object.keys(claims).filter((name) => !TIMES.some(([claim]) => claim === name));
  const named = others.map((label) => {
    const text = typeof claims[label] === 'string' ? claims[label] : JSON.stringify(claims[label]);
    return { label, value: SHOWN_CLAIMS.includes(label) ? text : showSecret(text, secrets) };
  });
  return [size, ...times, ...named];
}
