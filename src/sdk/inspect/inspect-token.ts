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
import { count, describeDate, describeDuration, describeTime, showSecret, showValue, type Secrets } from './words.ts';

/** The signing keys, and where they are from. */
export interface Keys {
  /** Such as the name of a file or an address; undefined if none were given. */
  from: string | undefined;
  set: KeySet;
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
/** The claims that an AuthKit token can have. Other claims are your own. */
const SHOWN_CLAIM = /^(?:iss|aud|sub|sid|jti|org_id|roles?|permissions|entitlements|feature_flags|client_id|act)$/;
const TIMES: readonly [claim: string, label: string][] = [
  ['iat', 'issued'],
  ['nbf', 'valid from'],
  ['exp', 'expires'],
  ['auth_time', 'signed in'],
];

/** Claims first, then the signature, as `authenticate()` checks them. But it goes on after a fault. */
export async function inspectToken(input: TokenInput): Promise<TokenReport> {
  const { token, keys, policy } = input;
  const [header = {}, claims = {}] = token.split('.').map(decodeTokenPart);
  const facts = describeToken(claims, input);
  const found = await check(token, keys, policy);
  if (isClaimFault(found)) {
    const step: Step = { step: 'claims', outcome: 'failed', summary: 'The claims are refused.', facts };
    const fault = describeFault(found, claims, header, input);
    if (!POLICY_FAULTS.includes(found)) return { steps: [step], causes: [fault] };
    const anyTime = { ...policy, issuers: undefined, audiences: undefined, clockToleranceSec: Infinity };
    const signature = describeSignature(await check(token, keys, anyTime), claims, header, input);
    return { steps: [step, signature.step], causes: [fault, ...signature.causes] };
  }
  const aheadSec = Number(claims['iat']) - policy.nowMs / 1000;
  const isAhead = aheadSec > CLOCK_NOTICED_SEC;
  const outcome = isAhead ? 'warned' : 'passed';
  const step: Step = { step: 'claims', outcome, summary: 'The claims are accepted.', facts };
  const slow = isAhead ? [cause('clock_slow', describeDuration(aheadSec), describeNow(policy))] : [];
  const signature = describeSignature(found, claims, header, input);
  return { steps: [step, signature.step], causes: [...slow, ...signature.causes] };
}

/** A token that was checked, or the error if the keys are unavailable. */
type Checked = AccessTokenClaims | TokenFault | SessionError;

function check(token: string, keys: Keys, policy: TokenPolicy): Promise<Checked> {
  return checkAccessToken(token, keys.set, policy).catch(asSessionError);
}

/** An error that the helpers throw on purpose. Throws any other error. */
export function asSessionError(error: unknown): SessionError {
  if (error instanceof SessionError) return error;
  throw error;
}

/** Faults of a token whose signature can be checked all the same. */
const POLICY_FAULTS: readonly unknown[] = [
  'expired',
  'not_yet_valid',
  'wrong_audience',
  'wrong_issuer',
] satisfies TokenFault[];
/** Faults of a token whose claims are not those of a session. */
const SHAPE_FAULTS: readonly unknown[] = [
  'malformed',
  'no_session_id',
  'no_expiration',
  'malformed_time',
] satisfies TokenFault[];
const isClaimFault = (found: unknown): found is TokenFault => [...POLICY_FAULTS, ...SHAPE_FAULTS].includes(found);

const describeNow = ({ nowMs }: TokenPolicy) => describeDate(new Date(nowMs));

const MALFORMED = {
  malformed: 'it is not a signed JWT',
  no_session_id: 'it has no session id (sid)',
  no_expiration: 'it has no expiration (exp)',
  malformed_time: 'exp, nbf or iat is not a number',
  unknown_extension: 'its header has an extension that the helpers do not know (crit or b64)',
  wrong_type: 'its header has the type of another kind of token (typ)',
  malformed_key_id: 'the id of its key (kid) is not a string',
} satisfies Partial<Record<TokenFault, string>>;

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
      return cause('wrong_issuer', showValue(claims['iss']), issuers);
    case 'wrong_audience':
      return cause('wrong_audience', showValue(claims['aud']), audiences);
    case 'wrong_algorithm':
      return cause('wrong_algorithm', showValue(header['alg']));
    case 'unknown_key':
      return cause('unknown_key', showValue(header['kid']), keys.set.ids.map(showValue));
    case 'wrong_signature':
      return cause('wrong_signature');
    default:
      return cause('token_malformed', MALFORMED[fault]);
  }
}

function describeSignature(
  checked: Checked,
  claims: Record<string, unknown>,
  header: Record<string, unknown>,
  input: TokenInput,
): { step: Step; causes: Cause[] } {
  const { keys, clientId } = input;
  const source = keys.from === undefined ? 'none' : `${keys.from} (${count(keys.set.ids.length, 'key')})`;
  const facts = [
    { label: 'algorithm', value: showValue(header['alg']) },
    { label: 'key id', value: showValue(header['kid']) },
    { label: 'keys', value: source },
  ];
  const step = (outcome: Outcome, summary: string): Step => ({ step: 'signature', outcome, summary, facts });
  if (checked instanceof SessionError) {
    if (keys.from !== undefined)
      return { step: step('failed', 'The signing keys could not be read.'), causes: [cause('keys_unavailable')] };
    const summary = 'Without signing keys, the signature is not checked.';
    return { step: step('skipped', summary), causes: [cause('keys_not_given')] };
  }
  if (typeof checked !== 'string') return { step: step('passed', 'A known key signed the access token.'), causes: [] };
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
  return /\bclient_\w+/.exec(JSON.stringify([clientId, iss]))?.[0];
}

function describeToken(claims: Record<string, unknown>, { token, policy, secrets }: TokenInput): Fact[] {
  const size = { label: 'access token', value: showSecret(token, secrets) };
  const times = TIMES.filter(([claim]) => claims[claim] !== undefined).map(([claim, label]) => {
    const value = claims[claim];
    return { label, value: typeof value === 'number' ? describeTime(value, policy.nowMs) : showValue(value) };
  });
  const others = Object.keys(claims).filter((name) => !TIMES.some(([claim]) => claim === name));
  const named = others.map((label) => {
    const text = typeof claims[label] === 'string' ? claims[label] : JSON.stringify(claims[label]);
    return { label, value: SHOWN_CLAIM.test(label) ? text : showSecret(text, secrets) };
  });
  return [size, ...times, ...named];
}
