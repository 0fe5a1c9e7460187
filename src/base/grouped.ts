/** Those of each key, in their order. */
export function grouped<One>(
  ones: Iterable<One>,
  keyFor: (one: One) => string,
): Map<string, One[]> {
  const groups = new Map<string, One[]>();
  for (const one of ones) {
    const key = keyFor(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}
