/** The seal, implemented with node:crypto from the description of the format. Iron is compared with it. */
import { createCipheriv, createDecipheriv, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a seal is made of besides its payload; random where not given. */
export interface SealParts {
  passwordId?: string;
  salt?: string;
  iv?: Buffer;
  expiration?: string;
  macSalt?: string;
  suffix?: string;
}

export const PASSWORD = 'a cookie password of thirty-two characters or more';
export const OLD_PASSWORD = 'an older cookie password, also of 32 characters';

const derive = (password: string, salt: string) => pbkdf2Sync(password, salt, 1, 32, 'sha1');

/** Seals any text, JSON or not. */
export function sealText(text: string | Buffer, password: string, parts: SealParts = {}): string {
  const { passwordId = '1', expiration = '', suffix = '~2' } = parts;
  const { salt = randomBytes(32).toString('hex'), macSalt = randomBytes(32).toString('hex') } = parts;
  const { iv = randomBytes(16) } = parts;
  const cipher = createCipheriv('aes-256-cbc', derive(password, salt), iv);
  const encrypted = Buffer.concat([cipher.update(text), cipher.final()]).toString('base64url');
  const base = ['Fe26.2', passwordId, salt, iv.toString('base64url'), encrypted, expiration].join('*');
  const mac = createHmac('sha256', derive(password, macSalt)).update(base).digest('base64url');
  return `${base}*${macSalt}*${mac}${suffix}`;
}

/** The text in a seal; throws when it is not one of `password`. */
export function openText(seal: string, password: string): string {
  const [prefix, id, salt, iv, encrypted, expiration, macSalt, mac] = seal.replace(/~\d$/, '').split('*') as string[];
  const base = [prefix, id, salt, iv, encrypted, expiration].join('*');
  const wanted = createHmac('sha256', derive(password, macSalt!)).update(base).digest();
  if (!timingSafeEqual(wanted, Buffer.from(mac!, 'base64url'))) throw new Error('MAC differs');
  const decipher = createDecipheriv('aes-256-cbc', derive(password, salt!), Buffer.from(iv!, 'base64url'));
  return Buffer.concat([decipher.update(Buffer.from(encrypted!, 'base64url')), decipher.final()]).toString();
}
