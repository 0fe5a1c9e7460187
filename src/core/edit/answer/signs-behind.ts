import { lineAt } from "../../../base/text/lines";
import { says } from "../text/lines";
import type { OwnText } from "./own-text";

const behind = /^([ \t]+)([+-])( ?)(\S.*)$/;
const head = /^(?:@@|--- |\+\+\+ |diff |index )/;
const signed = /^[+-]/;

/**
 * A diff whose signs stand behind the indentation, as one with the signs in front. The lines with a
 * minus are the file's without it, which tells it from code that has a sign there itself; with
 * pluses alone only what is called a diff is one. Undefined for anything else.
 *
 *         - return a          -    return a
 *         + return b          +    return b
 */
export function withSignsInFront(
  lines: readonly string[],
  isCalledDiff: boolean,
  own: OwnText,
): readonly string[] | undefined {
  const found = lines.flatMap((line) => {
    const parts = own.has(line) || head.test(line) ? null : behind.exec(line);
    if (parts === null) return [];
    const [, , sign = "", gap = "", text = ""] = parts;
    return [{ sign, gap, text }];
  });
  const gone = found.filter(({ sign }) => sign === "-");
  const isTold =
    gone.length > 0
      ? gone.every(({ text }) => own.has(text))
      : isCalledDiff || isBehindStatements(lines, own);
  if (found.length === 0 || !isTold) return undefined;
  const isSet = found.every(({ gap }) => gap !== "");
  return lines.map((line) => {
    if (line.trim() === "" || signed.test(line) || head.test(line)) return line;
    const parts = own.has(line) ? null : behind.exec(line);
    if (parts === null) return ` ${line}`;
    const [, indent = "", sign = "", gap = "", text = ""] = parts;
    return sign + indent + (isSet ? "" : gap) + text;
  });
}

/** A plus that goes on with nothing, as it begins a statement. */
function isBehindStatements(lines: readonly string[], own: OwnText): boolean {
  const said = lines.filter(says);
  return said.every((line, at) => {
    if (own.has(line)) return true;
    return behind.test(line) && (/[;{}]\s*$/.test(lineAt(said, at - 1)) || /^\s*\+\w/.test(line));
  });
}
