import { indentOf } from "../../text/indentation";
import type { ScannedLine } from "../../text/scan-lines";

interface Line {
  readonly text: string;
  readonly scan: ScannedLine | undefined;
}

function commentOf(line: Line): string {
  return line.text.slice(line.scan?.commentAt ?? line.text.length).trim();
}

/** The code, and the white space between it and its comment. */
function codeOf(line: Line): { code: string; gap: string } {
  const before = line.text.slice(0, line.scan?.commentAt ?? line.text.length);
  const code = before.trimEnd();
  return { code, gap: before.slice(code.length) };
}

/** The file's line for a line of the model's that says the same; a comment that the model wrote behind it is new. */
export function unchangedLine(own: Line, theirs: Line, indent: string | undefined): string {
  const comment = commentOf(theirs);
  const same = comment === "" || comment.replace(/\s+/g, " ") === commentOf(own).replace(/\s+/g, " ");
  const text = same ? own.text : codeOf(own).code + (commentOf(own) !== "" ? codeOf(own).gap : codeOf(theirs).gap || "  ") + comment;
  return indent === undefined ? text : indent + text.slice(indentOf(text).length);
}

/** The model's line in the file's place: its code, and the file's comment behind it when the model has none. */
export function changedLine(own: Line, theirs: Line, indent: string): string {
  const ours = codeOf(own);
  const code = indent + codeOf(theirs).code.slice(indentOf(theirs.text).length);
  const comment = commentOf(theirs) || commentOf(own);
  if (comment === "") return code + (theirs.text.trimEnd() === theirs.text && ours.gap !== "" ? "" : "");
  return code + (commentOf(own) !== "" ? ours.gap : codeOf(theirs).gap) + comment;
}

/** In a language where semicolons are a matter of taste, the file's taste. */
export function withSemicolonStyle(line: string, style: "add" | "strip" | undefined): string {
  if (style === "strip") return line.replace(/;\s*$/, "");
  if (
    style !== "add" ||
    !/[\w)\]'"`]$/.test(line) ||
    /^\s*(?:\/\/|\*|\/\*|(?:export\s+)?(?:async\s+)?(?:function|class|if|for|while|switch|case|default)\b)/.test(line)
  )
    return line;
  return `${line};`;
}
