import { expect, it } from 'vitest';
import { bundleParts, bundleScript } from './bundle.ts';

const PARTED = new URL('testdata/parted/entry.ts', import.meta.url);

const AsyncFunction = (async () => undefined).constructor as new (
  ...parts: string[]
) => (...given: unknown[]) => Promise<unknown>;

it('parts a script at its import(), and each part shares what it imports with the script', async () => {
  const { entry, parts } = await bundleParts(PARTED);
  expect([...parts.keys()].map((name) => name.split('-')[0]).sort()).toEqual(['later']);
  const reported: unknown[] = [];
  const loaded: string[] = [];
  const loadPart = async (name: string): Promise<unknown> => {
    loaded.push(name);
    // As what is fetched: the script itself has run by then.
    await Promise.resolve();
    return new AsyncFunction('loadPart', parts.get(name) ?? 'throw new Error("no such part")')(loadPart);
  };
  await new AsyncFunction('loadPart', 'report', entry)(loadPart, (value: unknown) => reported.push(value));
  expect(reported[0]).toBe(2);
  expect(await reported[1]).toEqual([12, true]);
  expect(loaded).toHaveLength(1);
});

it('puts a module in the place of a package', async () => {
  const { entry } = await bundleParts(new URL('testdata/replaced.ts', import.meta.url), {
    jose: new URL('testdata/parted/double.ts', import.meta.url),
  });
  const reported: unknown[] = [];
  new Function('report', entry)((value: unknown) => reported.push(value));
  expect(reported).toEqual([4]);
});

it('makes no one file of a script that has parts', async () => {
  await expect(bundleScript(PARTED)).rejects.toThrow(
    /^Cannot bundle \S*entry\.ts: it imports \S*later-\S+\.js, one file is wanted$/,
  );
});
