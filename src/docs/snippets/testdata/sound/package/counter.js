let calls = 0;

export function count() {
  calls += 1;
  return calls;
}
