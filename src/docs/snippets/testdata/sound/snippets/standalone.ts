// @standalone
if (import.meta.main) console.log('run as itself');
Object.assign(globalThis, { changed: true });

// Output:
// run as itself
