export function timesOf<T>(keys: Iterable<T>): Map<T, number> {
  const times = new Map<T, number>();
  for (const key of keys) times.set(key, (times.get(key) ?? 0) + 1);
  return times;
}
