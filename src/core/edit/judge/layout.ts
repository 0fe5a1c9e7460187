import { type Change, excerpt, type JudgedCase, type Objection, objection } from "./judged-case";

/** So many indented lines show what a file is indented with. */
const enoughIndented = 4;

/** New lines are indented with what the file is indented with. */
export function ifIndentedOtherwise(
  { before, after }: JudgedCase,
  changes: readonly Change[],
): Objection | undefined {
  const tabs = before.lines.filter((line) => /^\t+\S/.test(line)).length;
  const spaces = before.lines.filter((line) => /^ {2,}[^\s*]/.test(line)).length;
  const stranger = tabs === 0 ? /^ *\t\s*\S/ : spaces === 0 ? /^ {2,}[^\s*]/ : undefined;
  if (stranger === undefined || tabs + spaces < enoughIndented) return undefined;
  for (const { aStart, bStart, bEnd } of changes) {
    const line = after.lines.slice(bStart, bEnd).find((one) => stranger.test(one));
    if (line !== undefined)
      return objection(
        "the layout is the file's",
        `\`${excerpt(line)}\` would be indented otherwise than the file is.`,
        aStart,
      );
  }
  return undefined;
}
