/** Belongs to what follows it: `@cached`, `#[test]`, `template <T>`. */
export function isAttribute(line: string): boolean {
  return /^\s*(?:@[\w.]|#!?\[|\[\[?\w[^\]]*\]\]?\s*$|template\s*<)/.test(line);
}
