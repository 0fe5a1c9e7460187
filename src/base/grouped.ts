/** Puts things with the same key together, in their order: `[3, 8, 5]` by odd is `3, 5` and `8`. */
export function grouped<One, Key>(ones: Iterable<One>, keyFor: (one: One) => Key): Map<Key, One[]> {
  const groups = new Map<Key, One[]>();
  for (const one of ones) {
    const key = keyFor(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}
