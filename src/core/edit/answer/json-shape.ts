/** What JSON is about, whatever comments and damage are in it. */
export interface JsonShape {
  readonly open: "{" | "[";
  /** The keys of the outermost object, or of the objects in the outermost list. */
  readonly keys: ReadonlySet<string>;
  /** Everything that was opened is closed, and nothing stands behind. */
  readonly isWhole: boolean;
}

export function jsonShape(text: string): JsonShape | undefined {
  const keys = new Set<string>();
  let open: "{" | "[" | undefined;
  let depth = 0;
  let keysAt = 1;
  let isWhole = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (/\s/.test(char) || char === "\uFEFF") continue;
    if (isWhole) return open && { open, keys, isWhole: false };
    if (open === undefined) {
      if (char !== "{" && char !== "[") return undefined;
      open = char;
      keysAt = char === "{" ? 1 : 2;
    }
    if (char === '"' || char === "'") {
      const end = endOfString(text, at);
      if (depth === keysAt && isKey(text, end)) keys.add(text.slice(at + 1, end - 1));
      at = end - 1;
    } else if (char === "{" || char === "[") depth++;
    else if (char === "}" || char === "]") {
      depth--;
      isWhole = depth === 0;
    }
  }
  return open && { open, keys, isWhole };
}

function endOfString(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === quote) return at + 1;
    else if (text[at] === "\n") return at;
  }
  return text.length;
}

function isKey(text: string, from: number): boolean {
  let at = from;
  while (text[at] === " " || text[at] === "\t") at++;
  return text[at] === ":";
}
