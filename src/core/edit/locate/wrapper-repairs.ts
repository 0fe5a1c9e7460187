import { lastLine, lineAt } from "../../../base/text/lines";
import type { Reading } from "../answer/answer-edit";
import { isPath, pathInComment, pathOnLine } from "../answer/named-path";
import { ruleList } from "../rule-list";
import { says, trimmed } from "../text/lines";
import { scanLines } from "../text/scan-lines";
import { withoutEntities } from "../text/signs";
import type { Snapshot } from "../text/snapshot";
import { hasLine } from "./find-lines";

type Lines = readonly string[];
type Repair = (reading: Reading, snapshot: Snapshot) => Reading | undefined;

/** One thing less in each, off both halves alike. */
export function repairedReadings(reading: Reading, snapshot: Snapshot): Reading[] {
  const found: Reading[] = [];
  for (const [, repair] of repairs()) {
    const repaired = repair(found.at(-1) ?? reading, snapshot);
    if (repaired) found.push(repaired);
  }
  return found.filter((candidate) => candidate.search.some(says));
}

const repairs = ruleList<Repair>({
  pathLine: both(withoutPathLine),
  outerFence: both(withoutFence),
  lineNumbers,
  quotedText: prefix(/^> ?/),
  diffSigns,
  entities: perLine((line) => withoutEntities(line)),
  escapedSigns: perLine((line) => line.replace(/\\(["'`\\])/g, "$1").replace(/\\t/g, "\t")),
  literalBreaks,
  withoutNotes,
});

/** `rows = parse(data)  # <-- bug here`, to point at something; the new half may repeat it. */
function withoutNotes({ search, replace }: Reading, snapshot: Snapshot): Reading | undefined {
  const isOwn = (line: string): boolean => hasLine(snapshot, line);
  const notes = new Set<string>();
  const scan = scanLines(search, snapshot.facts);
  const plain = search.map((line, at) => {
    const commentAt =
      scan[at]?.kind === "code" ? (scan[at]?.commentAt ?? line.length) : line.length;
    const code = line.slice(0, commentAt).trimEnd();
    if (commentAt === line.length || isOwn(line) || !isOwn(code)) return line;
    notes.add(line.slice(commentAt).trim());
    return code;
  });
  if (notes.size === 0) return undefined;
  const fresh = scanLines(replace, snapshot.facts);
  const kept = replace.map((line, at) => {
    const commentAt = fresh[at]?.kind === "code" ? (fresh[at]?.commentAt ?? 0) : line.length;
    return notes.has(line.slice(commentAt).trim()) ? line.slice(0, commentAt).trimEnd() : line;
  });
  return { search: plain, replace: kept };
}

function both(change: (lines: Lines) => Lines): Repair {
  return ({ search, replace }) => {
    const cut = change(search);
    const other = change(replace);
    return cut === search && other === replace ? undefined : { search: cut, replace: other };
  };
}

function perLine(change: (line: string) => string): Repair {
  return ({ search, replace }) => {
    const changed = search.map(change);
    return changed.every((line, index) => line === search[index])
      ? undefined
      : { search: changed, replace: replace.map(change) };
  };
}

const lineNumber = /^\s*(\d+)(?:\s*[|:│]\s?|\t)/;

/** Some may have got lost; they say where it stands. */
function lineNumbers({ search, replace }: Reading): Reading | undefined {
  const said = search.filter(says);
  const numbered = search.flatMap((line, at) => {
    const number = lineNumber.exec(line)?.[1];
    return number === undefined ? [] : [{ at, number: Number(number) }];
  });
  const [first] = numbered;
  const rises = numbered.every(
    (one, at) => at === 0 || one.number > (numbered[at - 1]?.number ?? 0),
  );
  if (!first || !rises || numbered.length * 2 < said.length) return undefined;
  const cut = (line: string): string => line.replace(lineNumber, "");
  return { search: search.map(cut), replace: replace.map(cut), lineHint: first.number - first.at };
}

/** That every quoted line has, and the new half line by line or not. */
function prefix(pattern: RegExp): Repair {
  return ({ search, replace }) => {
    const said = search.filter(says);
    if (said.length === 0 || !said.every((line) => pattern.test(line))) return undefined;
    const cut = (line: string): string => line.replace(pattern, "");
    return { search: search.map(cut), replace: replace.map(cut) };
  };
}

function withoutFence(lines: Lines): Lines {
  const inner = trimmed(lines);
  if (
    inner.length < 2 ||
    !/^\s*(?:`{3,}|~{3,})/.test(lineAt(inner, 0)) ||
    !/^\s*(?:`{3,}|~{3,})\s*$/.test(lastLine(inner))
  )
    return lines;
  return inner.slice(1, -1);
}

function withoutPathLine(lines: Lines): Lines {
  const inner = trimmed(lines);
  const first = lineAt(inner, 0);
  // An indented `State.OPEN` is code.
  if (/^\s/.test(first)) return lines;
  const path = pathInComment(first) ?? pathOnLine(first);
  return path !== undefined && isPath(path) ? inner.slice(1) : lines;
}

/** `-` and blanks in the old half, `+` and blanks in the new. */
function diffSigns({ search, replace }: Reading): Reading | undefined {
  const signed = (lines: Lines, sign: string): boolean => {
    const said = lines.filter(says);
    return (
      said.length > 0 &&
      said.every((line) => line.startsWith(sign) || line.startsWith(" ")) &&
      said.some((line) => line.startsWith(sign))
    );
  };
  const old = signed(search, "-") ? "-" : signed(search, "+") ? "+" : undefined;
  if (old === undefined) return undefined;
  const cut = (line: string): string => (/^[-+ ]/.test(line) ? line.slice(1) : line);
  const fresh = replace.every((line) => line.trim() === "" || /^[-+ ]/.test(line));
  return { search: search.map(cut), replace: fresh ? replace.map(cut) : replace };
}

function literalBreaks({ search, replace }: Reading): Reading | undefined {
  if (!search.some((line) => line.includes("\\n"))) return undefined;
  const split = (lines: Lines): string[] =>
    lines
      .flatMap(splitOutsideQuotes)
      .map((line) => line.replace(/\\t/g, "\t").replace(/\\(["'])/g, "$1"));
  return { search: split(search), replace: split(replace) };
}

/** A `\n` inside a string is the string's own. */
function splitOutsideQuotes(line: string): string[] {
  const parts: string[] = [];
  let quote = "";
  let from = 0;
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at);
    if (char === "\\" && line[at + 1] === "n" && quote === "") {
      parts.push(line.slice(from, at));
      from = at + 2;
      at++;
    } else if (char === "\\") at++;
    else if (quote !== "") quote = char === quote ? "" : quote;
    else if (char === '"' || char === "'") quote = char;
  }
  parts.push(line.slice(from));
  return parts;
}
