import { WorkOS } from 'authkit-session-helpers';
import { createCipheriv, createHmac, pbkdf2Sync } from 'node:crypto';

const password = 'a-password-of-32-characters-long';
const salt = '00'.repeat(32);
const macSalt = '11'.repeat(32);
const iv = Buffer.alloc(16, 0x22);

const keyFrom = (salt: string) => pbkdf2Sync(password, salt, 1, 32, 'sha1');

function sealByHand(payload: object): string {
  const cipher = createCipheriv('aes-256-cbc', keyFrom(salt), iv);
  const text = cipher.update(JSON.stringify(payload), 'utf8', 'base64url');
  const ciphertext = text + cipher.final('base64url');
  const parts = ['Fe26.2', '1', salt, iv.toString('base64url'), ciphertext, ''];
  const mac = createHmac('sha256', keyFrom(macSalt)).update(parts.join('*'));
  return [...parts, macSalt, mac.digest('base64url')].join('*') + '~2';
}

const vector = sealByHand({ accessToken: 'a', refreshToken: 'r' }).split('*');
console.log('iv        ', vector[3]);
console.log('ciphertext', vector[4]);
console.log('MAC       ', vector[7]?.replace('~2', ''));

// The helpers open this hand-made seal.
const { userManagement } = new WorkOS();
const known = await userManagement
  .loadSealedSession({
    sessionData: process.env.WORKOS_SEALED_SESSION,
    cookiePassword: process.env.WORKOS_COOKIE_PASSWORD,
  })
  .authenticate();

if (known.authenticated) {
  const { accessToken, user } = known;
  const session = userManagement.loadSealedSession({
    sessionData: sealByHand({ accessToken, refreshToken: 'r', user }),
    cookiePassword: password,
  });
  const result = await session.authenticate();
  console.log('opened by the helpers:', result.authenticated);
}

// Output:
// iv         IiIiIiIiIiIiIiIiIiIiIg
// ciphertext B8nl69mG1Sqmcu6KcEiSWjITC3Z6Zy_Hb3eu7Xs0ewfCIUkcD5vhK7qB8FJpPwRw
// MAC        -6l6eP789LLFdO9EaHMUik7Pq910_9-r0dLRiulruMQ
// opened by the helpers: true
