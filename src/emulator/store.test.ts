import { expect, it } from 'vitest';
import { createStore } from './store.ts';

const identity = (clientId: string) => ({ clientId, apiKey: 'sk_test', cookiePassword: 'password', origin: undefined });

it('forgets the oldest of ten thousand environments, and never the fixed one', () => {
  const store = createStore(identity('fixed'));
  for (let count = 0; count <= 10_000; count += 1) store.addEnvironment(identity(`client_${count}`));
  expect(store.environment('client_0')).toBeUndefined();
  expect(store.environment('client_1')?.clientId).toBe('client_1');
  expect(store.environment('fixed')).toBe(store.fixed);
});

it('begins an environment with nothing of another one', () => {
  const store = createStore(identity('fixed'));
  const [one, other] = [store.addEnvironment(identity('one')), store.addEnvironment(identity('other'))];
  one.codes.set('code', { signIn: {} as never, issuedAtMs: 0, exchanged: false });
  expect(other.codes.size).toBe(0);
});
