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
    const [, indent = "", sign = "", gap = "", text = ""] = parts;
    return [{ indent, sign, gap, text }];
  });
  const gone = found.filter(({ sign }) => sign === "-");
  const isTold =
    gone.length > 0
      ? gone.every(({ text }) => own.has(text))
      : isCalledDiff || isBehindStatements(lines, own);
  if (found.length === 0 || !isTold) return undefined;
  const isSet = found.every(({ gap }) => gap !== "");
  const context = lines.filter(
    (line) => line.trim() !== "" && !signed.test(line) && !head.test(line) && own.has(line),
  );
  const isOwn = (line: string): boolean => own.indexes.some((file) => file.hasExactly(line));
  const isCut = (line: string): boolean =>
    line.startsWith(" ") && isOwn(line.slice(1)) && !isOwn(line);
  // The blank in front of a diff's unchanged lines, with which the others may be indented, too.
  const hasBlank = context.length > 0 && context.every(isCut);
  const indents = new Set(
    context.map((line) => line.slice(0, line.length - line.trimStart().length)),
  );
  const isDeeper =
    hasBlank &&
    found.every(({ indent, sign, text }) =>
      sign === "-" ? isOwn(indent.slice(1) + text) : indents.has(indent),
    );
  return lines.map((line) => {
    if (line.trim() === "" || signed.test(line) || head.test(line)) return line;
    const parts = own.has(line) ? null : behind.exec(line);
    if (parts === null) return hasBlank ? line : ` ${line}`;
    const [, indent = "", sign = "", gap = "", text = ""] = parts;
    return sign + (isDeeper ? indent.slice(1) : indent) + (isSet ? "" : gap) + text;
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
