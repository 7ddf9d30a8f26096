/**
 * A public key → the certificate that it signs for itself (X.509, RFC 5280; version 1, which has no extensions), in
 * DER.
 */
import { type KeyNumbers, bytesOf } from './key-numbers.ts';

const NAME = 'AuthKit emulator - public test key';
/** Those of RFC 5280 for a certificate that never expires. */
const VALID = { from: '260101000000Z', to: '99991231235959Z' };

/** Tags of DER (X.690). */
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const NULL = 0x05;
const OBJECT_ID = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
const SEQUENCE = 0x30;
const SET = 0x31;

const COMMON_NAME = [0x55, 0x04, 0x03];
/** 1.2.840.113549.1.1: what RSA Laboratories named, of which each is one number more. */
const PKCS_1 = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01];
const RSA_ENCRYPTION = 1;
const SHA256_WITH_RSA = 11;

type Sign = (bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>;

export async function certify({ n, e }: Pick<KeyNumbers, 'n' | 'e'>, sign: Sign): Promise<Uint8Array<ArrayBuffer>> {
  const signedWith = algorithm(SHA256_WITH_RSA);
  const name = sequence(der(SET, sequence(der(OBJECT_ID, COMMON_NAME), der(UTF8_STRING, letters(NAME)))));
  const key = sequence(algorithm(RSA_ENCRYPTION), bits(sequence(integer(n), integer(e))));
  const validity = sequence(der(UTC_TIME, letters(VALID.from)), der(GENERALIZED_TIME, letters(VALID.to)));
  const content = sequence(integer(1n), signedWith, name, validity, name, key);
  const signature = new Uint8Array(await sign(Uint8Array.from(content)));
  return Uint8Array.from(sequence(content, signedWith, bits([...signature])));
}

function der(tag: number, ...contents: readonly number[][]): number[] {
  const content = contents.flat();
  const length = bytesOf(BigInt(content.length));
  return [tag, ...(content.length < 0x80 ? length : [0x80 + length.length, ...length]), ...content];
}

function sequence(...contents: readonly number[][]): number[] {
  return der(SEQUENCE, ...contents);
}

function algorithm(number: number): number[] {
  return sequence(der(OBJECT_ID, [...PKCS_1, number]), der(NULL));
}

/** The first byte counts the bits of the last that do not belong to it. */
function bits(content: readonly number[]): number[] {
  return der(BIT_STRING, [0, ...content]);
}

/** A first bit that is set would make it negative. */
function integer(number: bigint): number[] {
  const bytes = [...bytesOf(number)];
  return der(INTEGER, (bytes[0] ?? 0) < 0x80 ? bytes : [0, ...bytes]);
}

function letters(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}
