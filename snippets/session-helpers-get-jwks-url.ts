import { WorkOS } from 'authkit-session-helpers';

const { userManagement } = new WorkOS();

const response = await fetch(userManagement.getJwksUrl());
if (!response.ok) throw new Error(`No keys: ${response.status}`);

type KeySet = { keys: { alg: string }[] };
const { keys } = (await response.json()) as KeySet;
console.log(`${keys.length} key for ${keys[0]?.alg}`);

// Output:
// 1 key for RS256
