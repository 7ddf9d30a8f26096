Object.assign(globalThis, { one: 1 });
globalThis.fetch = async () => new Response('one');

// Output:
