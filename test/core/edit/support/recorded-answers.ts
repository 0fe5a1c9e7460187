import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A stretch of lines that becomes others, against the text the model was shown. `startLine` counts
 * from 1; an empty `old` inserts before it.
 */
export interface LineEdit {
  readonly startLine: number;
  readonly old: readonly string[];
  readonly new: readonly string[];
}

/**
 * What a careful person gets out of an answer. `edit`: one of the truths, and what the file has
 * that the model merely forgot is kept; `unchanged`: the code as it is; `none`: there is no edit in
 * it; `refuse`: it holds one that must not be applied, because it is cut off, has no sure place or
 * cannot be meant so.
 */
export type Expectation = "edit" | "unchanged" | "none" | "refuse";

/** The true outcome, found by reading. */
export interface Label {
  readonly expect: Expectation;
  readonly truths?: readonly (readonly LineEdit[])[];
  /** Other outcomes that a careful person could defend. */
  readonly also?: readonly Expectation[];
  /** Why the label may be disputed. */
  readonly doubtful?: string;
  readonly note?: string;
}

export interface RecordedAnswer {
  readonly id: string;
  readonly model: string;
  readonly file: string;
  /** The seeded bug's target; absent where the program was shown as it is. */
  readonly bug?: string;
  readonly target: string;
  /**
   * How it was asked: by the action of that name; `retry` and `again` at the second attempt;
   * `think` with a thought; `file` about the whole of it; `request` and `blocks` in a question, for
   * blocks; `free`, `lines` and `diff` in words of a person, who wants it in no form, as the lines
   * that change, or as a diff.
   */
  readonly form: string;
  readonly question?: string;
  readonly sampling: { readonly temperature: number; readonly topP: number; readonly seed: number };
  /** First and last line, counted from 1, of what the request was about. */
  readonly targetLines: readonly [number, number];
  readonly truncated: boolean;
  readonly thought?: string;
  readonly answer: string;
}

export interface LabelledAnswer extends RecordedAnswer {
  readonly path: string;
  readonly languageId: string;
  /** The text the model was shown. */
  readonly text: string;
  readonly label: Label;
  /** The texts that count as right. */
  readonly truths: readonly string[];
}

interface Bug {
  readonly file: string;
  readonly target: string;
  readonly right: string;
  readonly wrong: string;
}

const folder = join(import.meta.dirname, "../../../fixtures/edits");
const labelFile = /^labels-.*\.json$/;
const languages: Readonly<Record<string, string>> = {
  py: "python",
  js: "javascript",
  ts: "typescript",
  go: "go",
  rs: "rust",
  java: "java",
  c: "c",
  cpp: "cpp",
  cs: "csharp",
  rb: "ruby",
  php: "php",
};

/** All recorded answers in the order of their files, and those of them that have no label yet. */
export function recordedAnswers(): {
  readonly labelled: readonly LabelledAnswer[];
  readonly unlabelled: readonly RecordedAnswer[];
} {
  const names = readdirSync(join(folder, "real-answers"))
    .filter((name) => name.endsWith(".json"))
    .sort();
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(join(folder, "real-answers", name), "utf8"));
  const labels = new Map(
    names
      .filter((name) => labelFile.test(name))
      .flatMap((name) => Object.entries(read(name) as Record<string, Label>)),
  );
  const answers = names
    .filter((name) => !labelFile.test(name))
    .flatMap((name) => read(name) as RecordedAnswer[]);
  const bugs = JSON.parse(readFileSync(join(folder, "bugs.json"), "utf8")) as Bug[];
  const labelled: LabelledAnswer[] = [];
  const unlabelled: RecordedAnswer[] = [];
  for (const answer of answers) {
    const label = labels.get(answer.id);
    if (label === undefined) unlabelled.push(answer);
    else labelled.push({ ...answer, ...shownFile(answer, bugs), label, truths: [] });
  }
  return {
    labelled: labelled.map((one) => ({
      ...one,
      truths: (one.label.truths ?? []).map((edits) => applied(one, edits)),
    })),
    unlabelled,
  };
}

/** The file as the model was shown it. */
function shownFile(
  answer: Pick<RecordedAnswer, "id" | "file" | "bug">,
  bugs: readonly Bug[],
): { readonly path: string; readonly languageId: string; readonly text: string } {
  const right = readFileSync(join(folder, "programs", answer.file), "utf8");
  const bug =
    answer.bug === undefined
      ? undefined
      : bugs.find((one) => one.file === answer.file && one.target === answer.bug);
  if (answer.bug !== undefined && bug === undefined) throw new Error(`${answer.id}: no such bug`);
  const text = bug === undefined ? right : right.replace(bug.right, () => bug.wrong);
  return {
    path: `src/${answer.file}`,
    languageId: languages[answer.file.split(".").at(-1) ?? ""] ?? "plaintext",
    text,
  };
}

/**
 * @throws Error where the lines to replace are not what the text holds: the label then belongs to
 * another text.
 */
function applied(
  { id, text }: { readonly id: string; readonly text: string },
  edits: readonly LineEdit[],
): string {
  const lines = text.split("\n");
  for (const edit of [...edits].sort((a, b) => b.startLine - a.startLine)) {
    const at = edit.startLine - 1;
    const there = lines.slice(at, at + edit.old.length);
    if (there.join("\n") !== edit.old.join("\n"))
      throw new Error(`${id}: line ${edit.startLine} is not what the label says`);
    lines.splice(at, edit.old.length, ...edit.new);
  }
  return lines.join("\n");
}
