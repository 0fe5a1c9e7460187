/** The small change of failure messages: foreign words, numbers, sizes and times as people read them. */

const quotedCharacters = 300;

/** The other side's own words, or ours when it had none. */
export function said(message: string, otherwise: string): string {
  return message.trim() === "" ? otherwise : `It says: “${quoted(message)}”.`;
}

/** Foreign text on one line, of a length that can be read, without its full stop. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  const short = line.length > quotedCharacters ? `${line.slice(0, quotedCharacters)}…` : line;
  return short.replace(/\.$/, "");
}

/** Foreign text as a sentence of its own. */
export function sentence(text: string): string {
  const short = quoted(text);
  return short === "" ? "" : `${short.charAt(0).toUpperCase()}${short.slice(1)}.`;
}

export function count(value: number): string {
  return value.toLocaleString("en-US");
}

export function size(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return bytes >= 1e6
    ? `${(bytes / 1e6).toFixed(1)} MB`
    : `${Math.max(1, Math.round(bytes / 1e3))} KB`;
}

export function duration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 120) return seconds === 1 ? "a second" : `${seconds} seconds`;
  return `${Math.round(seconds / 60)} minutes`;
}
