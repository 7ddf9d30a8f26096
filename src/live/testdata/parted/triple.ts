export function triple(number: number): number {
  return number * 3;
}
