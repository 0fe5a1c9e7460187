import { matchAlike } from "../../text/match-lines";

const plain = (line: string): string => line.trim().replace(/\s+/g, " ");
const bare = (line: string): string =>
  plain(line)
    .replace(/^(?:[rRuUbB]?(?:"""|'''))+|(?:"""|''')$/g, "")
    .trim();

/**
 * The blank lines and comments above a line of code that both sides have. What the model forgot stays; what it wrote anew is taken;
 * a comment that it reworded takes the old one's place. Blank lines are layout: the file's stand.
 * @param model the model's lines, already indented as the file is
 * @param isHead above a declaration: there a comment of the model's that has nothing of the file's is a remark to the person, not code
 */
export function mergeComments(file: readonly string[], model: readonly string[], isHead: boolean): readonly string[] {
  const ours = file.filter((line) => line.trim() !== "");
  const theirs = model.filter((line) => line.trim() !== "");
  if (theirs.length === 0) return file;
  if (ours.length === 0) return [...file, ...theirs];
  const known = new Set(ours.map(plain));
  if (theirs.every((line) => known.has(plain(line)))) return file;
  const taken = new Map<number, number>();
  for (const [i, j] of matchAlike(ours, theirs, 0.5)) taken.set(j, i);
  if (taken.size === 0)
    return isHead ? file : ours.length === 1 && theirs.length === 1 ? replaceComment(file, theirs) : [...file, ...theirs];
  const result: string[] = [];
  let at = 0;
  const copyTo = (stop: number): void => {
    for (; at < file.length; at++) {
      const line = file[at] ?? "";
      if (line.trim() !== "" && ours.indexOf(line) >= stop) return;
      result.push(line);
    }
  };
  for (const [j, line] of theirs.entries()) {
    const i = taken.get(j);
    if (i === undefined) {
      result.push(line);
      continue;
    }
    copyTo(i);
    const own = ours[i] ?? "";
    result.push(plain(own) === plain(line) ? own : line);
    at = file.indexOf(own, at) + 1;
  }
  copyTo(ours.length);
  return result;
}

function replaceComment(file: readonly string[], theirs: readonly string[]): readonly string[] {
  return file.flatMap((line) => (line.trim() === "" ? [line] : theirs));
}

/** A docstring is one text: the file's stays when the model's says nothing that is not in it. */
export function mergeDocstring(file: readonly string[], model: readonly string[]): readonly string[] {
  if (model.length === 0) return file;
  if (file.length === 0) return model;
  const own = file.map(bare).join(" ").replace(/\s+/g, " ");
  const theirs = model.map(bare).join(" ").replace(/\s+/g, " ").trim();
  return own.includes(theirs) ? file : model;
}
