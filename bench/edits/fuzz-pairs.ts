import { garbage } from "../../test/core/edit/support/garbage";
import { recordedAnswers } from "../../test/core/edit/support/recorded-answers";
import { type Seeded, seeded } from "../../test/core/edit/support/seeded";
import { type CorpusFile, cleanEdit, corpus } from "./clean-edits";
import { answerKinds, malformedAnswer } from "./malformed-answers";
import { kinds, malformed } from "./malformed-edits";

/** A file and an answer about it that nobody has thought of. */
export interface FuzzPair {
  readonly index: number;
  /** How it was made. */
  readonly family: string;
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
  readonly answer: string;
  readonly truncated: boolean;
}

interface Base {
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
  readonly answer: string;
}

/** What a pattern or a reader may stumble over when there are thousands of them. */
const atoms = [
  ..."`\"'()[]{}<>|&%$@#!?*+-=/\\^~_.,:; \t\0\r",
  "a",
  "1",
  "é",
  "\ud800",
  "\u00a0",
  "\u2028",
  '"a" ',
  "'a' ",
  "`a` ",
  '" ',
  "a ",
  "a.",
  "a,",
  "a, ",
  "a(",
  "(a",
  "a: ",
  "a = ",
  "a::",
  "<a",
  "<a>",
  "</a>",
  "&lt;",
  "// ",
  "/* ",
  "*/",
  "@@ ",
  "...",
  "... ",
  "12:",
  "> ",
  "=> ",
  "- ",
  "+ ",
  "if ",
  "fn ",
  "async ",
  "export ",
  "public ",
  "static ",
  "const a = ",
  "import a ",
  "@a ",
  "@a(",
  "${",
  "\\n",
  '\\"',
  "[a](",
  "**",
  "[[",
  '{"a":',
  "\n",
  "\n\n",
  "```\n",
  "~~~\n",
  "=======\n",
  "<<<<<<< SEARCH\n",
  ">>>>>>> REPLACE\n",
  "<search>\n",
  "@@ -1 +1 @@\n",
  "<think>\n",
  "a.py\n",
];
const starts = [
  "",
  "  ",
  "def f(",
  "function f(",
  "export const x = ",
  "class A ",
  "struct A<",
  "impl ",
  "func (s *S) f(",
  "import ",
  "import { a } from ",
  "from a import ",
  "use ",
  "#include ",
  "- ",
  "+",
  " ",
  "-",
  "@@ ",
  "--- a/",
  "+++ b/",
  "### ",
  "**",
  "Change `",
  "Replace `a` with `",
  "On line 3, ",
  "# ",
  "// ",
  "/* ",
  '"""',
  '{"path": "',
  '{"search": "',
  "<search>",
  "<edit path=",
  "~~~",
  "```",
  "```python ",
  ":start_line:",
  "File: ",
  "*** Update File: ",
  "<<<<<<< ",
  "=======",
  ">>>>>>> ",
  "</think>",
  "@",
  "x = ",
  "return ",
];
const ends = [
  "",
  "",
  "!",
  " x",
  '"',
  "'",
  "`",
  ")",
  "{",
  ":",
  ";",
  " to `b`.",
  "=>",
  "…",
  "`",
  "*/",
  "\\",
  " {",
  "):",
  "=",
  "\u00e9",
  '"}',
  "```",
];
/** Marks of dialects that the garbage of the tests does not have. */
const marks = [
  "<|im_end|>",
  "<|im_start|>user",
  "<|channel|>final<|message|>",
  "<tool_call>",
  "</tool_call>",
  "<![CDATA[",
  "]]>",
  "<path>a.py</path>",
  "<replace_in_file>",
  "</diff>",
  "<<<<<<< HEAD",
  "||||||| base",
  "***************",
  "12,14c12,14",
  "'''python",
  "    ```",
  "> ```",
  "````md",
  "**Before:**",
  "**After:**",
  "Option 2:",
  "Lines 3-5:",
  "// ... rest of the code ...",
  "# ... existing code ...",
  "/* ... */",
  "pass",
  "}",
  "});",
  '"""',
  "`a` → `b`",
];

let bases: readonly Base[] | undefined;
let files: readonly CorpusFile[] | undefined;

/** The pair of that number: the same seed and number give the same pair. */
export function fuzzPair(seed: number, index: number): FuzzPair {
  const random = seeded(seed * 1_000_003 + index);
  files ??= corpus();
  bases ??= recordedAnswers().labelled.map(({ path, languageId, text, answer }) => ({
    path,
    languageId,
    text,
    answer,
  }));
  const base = random.below(2) === 0 ? random.pick(bases) : madeUp(files, random);
  const other = random.pick(bases);
  const truncated = random.below(6) === 0;
  const { path, languageId } = base;
  const pair = (family: string, answer: string, text: string = base.text): FuzzPair => ({
    index,
    family,
    path,
    languageId,
    text: random.below(6) === 0 ? otherEnds(text, random) : text,
    answer: random.below(12) === 0 ? otherEnds(answer, random) : answer,
    truncated,
  });
  switch (random.below(8)) {
    case 0:
      return pair("mutated", mutated(base.answer, random));
    case 1:
      return pair("mutated, both", mutated(base.answer, random), mutated(base.text, random));
    case 2:
      return pair("spliced", spliced([base.answer, other.answer, base.text], random));
    case 3:
      return pair("marks", woven(base.answer, random));
    case 4:
      return pair(
        "garbage",
        garbage(random, 60),
        random.below(2) === 0 ? base.text : garbage(random, 60),
      );
    case 5:
      return pair("hostile line in the answer", inserted(base.answer, hostile(random), random));
    case 6:
      return pair(
        "hostile line in the file",
        base.answer,
        inserted(base.text, hostile(random), random),
      );
    default: {
      const line = hostile(random);
      return pair(
        "hostile line in both",
        inserted(base.answer, line, random),
        inserted(base.text, line, random),
      );
    }
  }
}

/** An answer of the bench's kinds, which are made from the corpus. */
function madeUp(from: readonly CorpusFile[], random: Seeded): Base {
  for (;;) {
    const edit = cleanEdit(from, random);
    const made =
      random.below(2) === 0
        ? malformed(random.pick(Object.keys(kinds)), edit, random)
        : malformedAnswer(random.pick(Object.keys(answerKinds)), edit);
    if (made) return made;
  }
}

function mutated(text: string, random: Seeded): string {
  const lines = text.split("\n");
  for (let count = 1 + random.below(6); count > 0; count--) {
    const at = random.below(lines.length);
    const length = 1 + random.below(4);
    const line = lines[at] ?? "";
    const column = random.below(line.length + 1);
    switch (random.below(8)) {
      case 0:
        lines.splice(at, length);
        break;
      case 1:
        lines.splice(at, 0, ...lines.slice(at, at + length));
        break;
      case 2:
        lines.splice(random.below(lines.length), 0, ...lines.splice(at, length));
        break;
      case 3:
        lines[at] = line.slice(0, column) + random.pick(atoms) + line.slice(column);
        break;
      case 4:
        lines[at] = line.slice(0, column) + line.slice(column + 1 + random.below(5));
        break;
      case 5:
        lines[at] = random.below(2) === 0 ? line.trimStart() : `    ${line}`;
        break;
      case 6:
        lines.splice(at, 0, random.pick(marks));
        break;
      default:
        lines.splice(at, 2, `${line}${lines[at + 1] ?? ""}`);
    }
  }
  return lines.join("\n");
}

function spliced(texts: readonly string[], random: Seeded): string {
  const parts: string[] = [];
  for (let count = 2 + random.below(4); count > 0; count--) {
    const text = random.pick(texts);
    const start = random.below(text.length + 1);
    parts.push(text.slice(start, start + random.below(text.length - start + 1)));
  }
  return parts.join(random.below(2) === 0 ? "\n" : "");
}

function woven(text: string, random: Seeded): string {
  const lines = text.split("\n");
  for (let count = 1 + random.below(8); count > 0; count--) {
    const line = random.below(3) === 0 ? garbage(random, 1) : random.pick(marks);
    lines.splice(random.below(lines.length + 1), random.below(3) === 0 ? 1 : 0, line);
  }
  return lines.join("\n");
}

function hostile(random: Seeded): string {
  const unit = Array.from({ length: 1 + random.below(3) }, () => random.pick(atoms)).join("");
  const wanted = random.pick([30, 300, 300, 3_000, 3_000, 3_000, 20_000, 100_000]);
  const depth = Math.ceil(wanted / unit.length);
  const body = random.below(5) === 0 ? nested(random, Math.min(depth, 5_000)) : unit.repeat(depth);
  return random.pick(starts) + body + random.pick(ends);
}

function nested(random: Seeded, depth: number): string {
  const [open, close] = random.pick([
    ["(", ")"],
    ["[", "]"],
    ["{", "}"],
    ["<a>", "</a>"],
    ['{"a":', "}"],
    ["/*", "*/"],
    ["{\n", "}\n"],
    ["if (a) {\n", "}\n"],
    ["`${", "}`"],
  ]);
  return (open ?? "").repeat(depth) + (random.below(2) === 0 ? (close ?? "").repeat(depth) : "");
}

function inserted(text: string, line: string, random: Seeded): string {
  const lines = text.split("\n");
  const at = random.below(lines.length + 1);
  if (random.below(3) > 0) lines.splice(at, 0, line);
  else {
    const own = lines[at] ?? "";
    const column = random.below(own.length + 1);
    lines[at] = own.slice(0, column) + line + own.slice(column);
  }
  return lines.join("\n");
}

function otherEnds(text: string, random: Seeded): string {
  switch (random.below(5)) {
    case 0:
      return text.replaceAll("\n", "\r\n");
    case 1:
      return text.replaceAll("\n", "\r");
    case 2:
      return text.replace(/\n/g, () => random.pick(["\n", "\r\n", "\r"]));
    case 3:
      return `\ufeff${text}`;
    default:
      return text.replace(/\n$/, "");
  }
}
