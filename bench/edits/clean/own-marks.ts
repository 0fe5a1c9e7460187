import type { Seeded } from "../../../test/core/edit/support/seeded";
import type { SourceFile } from "./source-files";
import { type OtherParser, type ReadFile, readFile } from "./units";

/** Text that means something in an answer, and nothing in a comment of a file. */
const texts: readonly (readonly string[])[] = [
  ["Example:", "", "```", "start(1);", "```"],
  ["```json", '{ "from": "a", "to": "b" }', "```"],
  ["~~~", "start(2);", "~~~"],
  ["Layout", "======="],
  ["Notes", "-------"],
  ["<<<<<<< HEAD", "one side", "=======", "the other side", ">>>>>>> topic"],
  ["<<<<<<< SEARCH", "old text", "=======", "new text", ">>>>>>> REPLACE"],
  ["<think>not a thought</think>"],
  ["Prints <think> first and </think> last."],
  ["@@ -1,3 +1,4 @@", " same", "-gone", "+come"],
  ["--- a/one.txt", "+++ b/one.txt"],
  ["Escapes &lt;b&gt; as &amp;lt;b&amp;gt; and &quot; as well."],
  ["The end is marked by <|im_end|> or </s>."],
  ["Before:", "    a = 1", "After:", "    a = 2"],
  ["... existing code ..."],
];

/**
 * The file with such text in one of its comments, as a file about such things has it; undefined
 * where there is no place for it.
 */
export async function withOwnMarks(
  read: ReadFile,
  random: Seeded,
  parser: OtherParser,
): Promise<ReadFile | undefined> {
  const { file, mask } = read;
  if (mask === undefined) return undefined;
  const lines = [...file.lines];
  const spots = lines.flatMap((line, at) => {
    const prefix = commentPrefix(read, at, line);
    return prefix === undefined ? [] : [{ at, prefix }];
  });
  const near = spots.filter(({ at }) =>
    read.units.some((unit) => at >= unit.docStart && at < unit.end),
  );
  const pool = near.length > 0 ? near : spots;
  if (pool.length === 0) return undefined;
  const { at, prefix } = random.pick(pool);
  const text = random.pick(texts);
  lines.splice(at + 1, 0, ...text.map((line) => (prefix + line).trimEnd()));
  const mark = file.text.startsWith("\ufeff") ? "\ufeff" : "";
  const end = file.text.endsWith("\n") ? file.lineEnd : "";
  const marked: SourceFile = { ...file, lines, text: mark + lines.join(file.lineEnd) + end };
  return readFile(marked, parser);
}

/** What a line more of the comment or docstring begins with, where the line is inside of one. */
function commentPrefix(read: ReadFile, at: number, line: string): string | undefined {
  const { facts, lines } = read.file;
  const kinds = read.mask?.lineKinds;
  const next = lines[at + 1] ?? "";
  if (facts.id === "markdown") return line.trim() === "" && next.trim() !== "" ? "" : undefined;
  // A line of a docstring with another one below it.
  if (facts.id === "python") {
    const isText =
      kinds?.[at] === 2 &&
      kinds[at + 1] === 2 &&
      /^\s+\w[^"']*$/.test(line) &&
      /^\s+\w[^"']*$|^$/.test(next);
    return isText ? (/^\s*/.exec(line)?.[0] ?? "") : undefined;
  }
  if (kinds?.[at] !== 1 || kinds[at + 1] !== 1) return undefined;
  return /^\s*(?:\*|\/\/+!?|#+|--+)(?: |$)/.exec(line)?.[0]?.replace(/[*/#!-]$/, "$& ");
}
