import { type EvalCase, type EvalLanguage, evalLanguages, type SecondFile } from "./eval-case";

const section = /^-- (?:(?<kind>test|fix) )?(?<path>\S+) --$/;
const seconds: readonly SecondFile[] = ["none", "see", "edit"];

/**
 * Reads a case of our own suite: `key: value` lines, then files, each behind a line `-- PATH --`;
 * `-- test PATH --` is a test, `-- fix PATH --` the lines that the reference fix takes out (`-`)
 * and puts in (`+`) of a file. Throws an Error that names the case where it is not whole.
 */
export function parseCase(name: string, text: string): EvalCase {
  const fail = (what: string): never => {
    throw new Error(`${name}: ${what}`);
  };
  const facts = new Map<string, string>();
  const parts: { kind: string; path: string; lines: string[] }[] = [];
  for (const line of text.replace(/\n$/, "").split("\n")) {
    const { groups } = section.exec(line) ?? {};
    const open = parts.at(-1);
    if (groups !== undefined)
      parts.push({ kind: groups["kind"] ?? "file", path: groups["path"] ?? "", lines: [] });
    else if (open !== undefined) open.lines.push(line);
    else if (line !== "") {
      const [key = "", ...value] = line.split(": ");
      facts.set(key, value.join(": "));
    }
  }
  const textsOf = (kind: string): Map<string, string> =>
    new Map(
      parts
        .filter((part) => part.kind === kind)
        .map(({ path, lines }) => [path, `${lines.join("\n")}\n`]),
    );
  const files = textsOf("file");
  const fixed = new Map(files);
  for (const [path, fix] of textsOf("fix"))
    fixed.set(path, withFix(files.get(path) ?? fail(`no file ${path} to fix`), fix, fail));
  const language = evalLanguages.find((each) => each === facts.get("language"));
  const second = seconds.find((each) => each === facts.get("second"));
  return {
    name,
    title: facts.get("title") ?? fail("no title"),
    language: language ?? (fail("no such language") as EvalLanguage),
    second: second ?? (fail("second is none, see or edit") as SecondFile),
    at: placeOf(facts.get("at") ?? fail("no at"), files, fail),
    files,
    tests: textsOf("test"),
    fixed,
  };
}

/** `cart.py: def total` is the first line of the file that holds the words. */
function placeOf(
  at: string,
  files: ReadonlyMap<string, string>,
  fail: (what: string) => never,
): EvalCase["at"] {
  const [path = "", ...words] = at.split(": ");
  const lines = (files.get(path) ?? fail(`no file ${path} to ask about`)).split("\n");
  const line = lines.findIndex((each) => each.includes(words.join(": ")));
  return line < 0 ? fail(`${path} has no line with ${words.join(": ")}`) : { path, line };
}

/** Groups of `-` lines with the `+` lines behind them, with an empty line between groups. */
function withFix(text: string, fix: string, fail: (what: string) => never): string {
  let fixed = text;
  for (const group of fix.split(/\n\n/)) {
    const lines = group.split("\n").filter((line) => line !== "");
    const side = (sign: string): string =>
      lines.flatMap((line) => (line.startsWith(sign) ? `${line.slice(1)}\n` : [])).join("");
    const [old, fresh] = [side("-"), side("+")];
    const pieces = `\n${fixed}`.split(`\n${old}`);
    if (old === "" || pieces.length !== 2) fail(`the fix has no one place: ${old}`);
    fixed = pieces.join(`\n${fresh}`).slice(1);
  }
  return fixed;
}
