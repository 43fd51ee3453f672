export function weave(left, right) {
  const length = Math.max(left.length, right.length);
  return Array.from({ length }, (_, i) => [left[i], right[i]]).flat().filter((x) => x !== undefined);
}
