import { limits } from "../limits";

/** Name of the first element of a text that is markup: `rules` of `<?xml ...?><rules>`. */
export function rootOf(text: string): string | undefined {
  let at = 0;
  for (;;) {
    while (at < text.length && /[\s\uFEFF]/.test(text[at] ?? "")) at++;
    if (text[at] !== "<") return undefined;
    const next = text[at + 1];
    if (next !== "?" && next !== "!") break;
    const close = text.startsWith("<!--", at) ? "-->" : next === "?" ? "?>" : ">";
    const end = text.indexOf(close, at);
    if (end < 0) return undefined;
    at = end + close.length;
  }
  return /^<([A-Za-z_][\w.:-]*)/.exec(text.slice(at, at + limits.elementName))?.[1];
}
