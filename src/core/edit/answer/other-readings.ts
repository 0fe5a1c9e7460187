import { lineAt } from "../../../base/text/lines";
import { limits } from "../limits";
import { ruleList } from "../rule-list";
import { says } from "../text/lines";
import { withoutEntities, withoutOddSpaces, withoutPrintedSigns } from "../text/signs";
import type { CodeReading } from "./answer-edit";
import { rootOf } from "./own-content";
import type { OwnText } from "./own-text";

type Lines = readonly string[];

interface Repair {
  readonly notice: string;
  /** @returns the very same lines where there is nothing to undo */
  readonly undo: (lines: Lines, own: OwnText) => Lines;
}

/** What is surely no code. */
const repairs = ruleList<Repair>({
  decoded: {
    notice: "HTML entities in the answer's code were decoded.",
    undo: (lines, own) =>
      isMarkup(own) ? lines : perText(lines, (text) => withoutEntities(text, areIn(own))),
  },
  plainSpaces: {
    notice: "Unusual spaces in the answer's code were made plain.",
    undo: (lines, own) => perText(lines, (text) => withoutOddSpaces(text, areIn(own))),
  },
  withoutNumbers: {
    notice: "Line numbers in the answer's code were taken off.",
    undo: perLineThatTells(withoutNumber),
  },
  withoutMarkdownEscapes: {
    notice: "Backslashes in front of signs in the answer's code were taken off.",
    undo: withoutMarkdownEscapes,
  },
  withTabs: {
    notice: "Tabs that the answer writes as escapes were made tabs.",
    undo: perLineThatTells(withTabs),
  },
  brokenUp: {
    notice: "Line breaks that the answer writes as escapes were made line breaks.",
    undo: brokenUp,
  },
  withoutPointers: {
    notice: "Lines of the answer that point at others were left out.",
    undo: withoutPointers,
  },
  withoutSpacing: {
    notice: "An empty line behind each line of the answer was left out.",
    undo: withoutSpacing,
  },
});
/** What might be code. */
const doubtful = ruleList<Repair>({
  plainSigns: {
    notice: "Typographic and wide signs in the answer's code were taken as the plain ones.",
    undo: (lines, own) => perText(lines, (text) => withoutPrintedSigns(text, areIn(own))),
  },
  withoutBold: {
    notice: "Marks of bold text in the answer's code were taken off.",
    undo: withoutBold,
  },
});

/** The first is without what is surely no code, the last without what might be none. */
export function otherReadings(lines: Lines, own: OwnText): CodeReading[] {
  if (own.files.length === 0) return [];
  const readings: CodeReading[] = [];
  let current: Lines = lines;
  for (const group of [repairs, doubtful]) {
    const notices: string[] = [];
    for (const [, { notice, undo }] of group()) {
      const next = undo(current, own);
      if (next !== current) notices.push(notice);
      current = next;
    }
    if (notices.length > 0) readings.push({ lines: current, notices });
  }
  return readings;
}

function areIn(own: OwnText): (sign: string) => boolean {
  const asked = new Map<string, boolean>();
  return (sign) => {
    const known = asked.get(sign) ?? (asked.size >= limits.piece || own.mentions(sign));
    asked.set(sign, known);
    return known;
  };
}

function perText(lines: Lines, change: (text: string) => string): Lines {
  const text = lines.join("\n");
  const changed = change(text);
  return changed === text ? lines : changed.split("\n");
}

/** Only where that makes lines of the file of some. */
function perLineThatTells(change: (line: string) => string) {
  return (lines: Lines, own: OwnText): Lines => {
    const changed = lines.map(change);
    const others = [...lines.keys()].filter((at) => changed[at] !== lines[at]);
    const known = others.filter((at) => own.has(lineAt(changed, at)));
    const isOwn = others.some((at) => own.has(lineAt(lines, at)));
    return known.length === 0 || isOwn ? lines : changed;
  };
}

function withoutNumber(line: string): string {
  return line.replace(/^[ \t]*\d{1,6}(?:[ \t]?[|:│][ \t]?|\t| {2}|[ \t]*$)/, "");
}

function withoutEscapes(line: string): string {
  return line.replace(/\\([_*[\]<>#~`{}()!+.-])/g, "$1");
}

/** `a \\* b`, where no backslash may stand. */
function withoutMarkdownEscapes(lines: Lines, own: OwnText): Lines {
  const plain = perLineThatTells(withoutEscapes)(lines, own);
  if (plain !== lines) return plain;
  const escaped = /^[^"'`/#\\]*\\([_*])[^"'`/#\\]*$/;
  const bare = lines.map((line) => {
    const sign = escaped.exec(line)?.[1];
    return sign === undefined || own.mentions(`\\${sign}`) ? line : withoutEscapes(line);
  });
  return bare.some((line, at) => line !== lines[at]) ? bare : lines;
}

function withTabs(line: string): string {
  return line.replace(/^(?:\\t)+/, (tabs) => "\t".repeat(tabs.length / 2));
}

function brokenUp(lines: Lines, own: OwnText): Lines {
  const said = lines.filter(says);
  const [only = ""] = said;
  if (said.length !== 1 || !only.includes("\\n") || own.has(only)) return lines;
  const text = only
    .replace(/\\(["'\\nrt])/g, (_, sign: string) => escapes[sign] ?? sign)
    .split(/\r?\n/);
  return text.some((line) => /\w/.test(line) && own.has(line)) ? text : lines;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** `    ^^^^^ here`, below the line that it is about. */
function withoutPointers(lines: Lines, own: OwnText): Lines {
  const isPointer = (line: string): boolean =>
    /^[ \t]*(?:(?:#|\/\/|--)[ \t]*)?(?:\^{2,}|~{3,}|\^[ \t]*$|[↑⬆])/.test(line) && !own.has(line);
  const kept = lines.filter((line) => !isPointer(line));
  return kept.length === lines.length ? lines : kept;
}

function withoutSpacing(lines: Lines, own: OwnText): Lines {
  const text = lines.slice(Math.max(0, lines.findIndex(says)));
  const isSpaced = text.every((line, at) => at % 2 === 0 || !says(line));
  const said = text.filter(says);
  if (!isSpaced || said.length < 3) return lines;
  const follows = said.some(
    (line, at) => at > 0 && own.indexes.some((file) => file.follows(lineAt(said, at - 1), line)),
  );
  return follows ? text.filter((_, at) => at % 2 === 0) : lines;
}

/** `**return w * h**`, in a file that has no such lines. */
function withoutBold(lines: Lines, own: OwnText): Lines {
  if (!lines.some((line) => line.includes("**"))) return lines;
  const isOwn = own.mentions("**");
  const whole = /^([ \t]*)\*\*(?=[^\s*])(.*[^\s*])\*\*([ \t]*)$/;
  if (isOwn && own.files.some(({ text }) => text.split("\n").some((line) => whole.test(line))))
    return lines;
  const part = /\*\*(?=\S)([^*]+)\*\*/g;
  const plain = lines.map((line) => {
    if (!line.includes("**") || own.has(line)) return line;
    const bare = line.replace(whole, "$1$2$3");
    return isOwn || bare !== line ? bare : line.replace(part, "$1");
  });
  return plain.some((line, at) => line !== lines[at]) ? plain : lines;
}

function isMarkup(own: OwnText): boolean {
  return own.files.some(
    ({ languageId, text }) => markup.test(languageId) || rootOf(text) !== undefined,
  );
}

const markup =
  /^(?:html|xml|xsl|svg|vue|svelte|astro|markdown|mdx|handlebars|php|javascriptreact|typescriptreact)$/;
