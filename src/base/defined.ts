/** `T` without its undefined fields, as `exactOptionalPropertyTypes` wants them: absent instead. */
export type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/**
 * Leaves out what is undefined.
 *
 * Before: `{ uri, ...(question === undefined ? {} : { question }) }`
 * After:  `{ uri, ...defined({ question }) }`
 */
export function defined<T extends object>(fields: T): Defined<T> {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as Defined<T>;
}
