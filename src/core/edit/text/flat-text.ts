import { plainSigns } from "./canonical-line";
import type { ScannedLine } from "./scan-line";

export interface FlatText {
  readonly text: string;
  /** Lines that say something, and where each begins in `text`. */
  readonly lines: readonly number[];
  readonly starts: readonly number[];
}

/** Without white space, line breaks and comments. Whoever breaks a list into lines adds a comma. */
export function flatText(source: readonly string[], scan: readonly ScannedLine[]): FlatText {
  const parts: string[] = [];
  const lines: number[] = [];
  const starts: number[] = [];
  let length = 0;
  for (const [index, line] of source.entries()) {
    if (scan[index]?.kind !== "code") continue;
    let text = line.slice(0, scan[index]?.commentAt).replace(/\s+/g, "");
    if (/[^\x20-\x7e]|&/.test(text)) text = plainSigns(text);
    text = text.replace(/['`]/g, '"').replace(/,(?=[)\]}])/g, "");
    const last = parts[parts.length - 1] ?? "";
    if (/^[)\]}]/.test(text) && last.endsWith(",")) {
      parts[parts.length - 1] = last.slice(0, -1);
      length--;
    }
    if (text === "") continue;
    parts.push(text);
    lines.push(index);
    starts.push(length);
    length += text.length;
  }
  return { text: parts.join(""), lines, starts };
}
