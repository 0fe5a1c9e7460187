import type { CleanEdit } from "./clean-edits";
import { blockOf, type MalformedCase } from "./malformed-edits";

interface Draft {
  readonly answer: string;
  /** Undefined: nothing may be applied. */
  readonly truth?: "applied";
  readonly truncated?: boolean;
}

const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");
const marked = (
  { search, replace }: CleanEdit,
  open: string,
  divider: string,
  close: string,
): string => `${open}\n${text(search)}${divider}\n${text(replace)}${close}\n`;
const usual = (edit: CleanEdit): string =>
  marked(edit, "<<<<<<< SEARCH", "=======", ">>>>>>> REPLACE");
const signed = ({ search, replace, changed }: CleanEdit, blank = " "): string => {
  const rest = search.length - changed - 1;
  const fresh = replace.slice(changed, replace.length - rest);
  return text([
    ...search.slice(0, changed).map((line) => blank + line),
    `-${search[changed]}`,
    ...fresh.map((line) => `+${line}`),
    ...search.slice(changed + 1).map((line) => blank + line),
  ]);
};
const whole = ({ file, start, search, replace }: CleanEdit): string[] => [
  ...file.lines.slice(0, start),
  ...replace,
  ...file.lines.slice(start + search.length),
];
const applied = (answer: string): Draft => ({ answer, truth: "applied" });
const refused = (answer: string, truncated = false): Draft => ({ answer, truncated });
const json = (value: unknown): string => `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;

/**
 * Ways in which a whole answer strays from the form that was asked for. The edit in it is right.
 */
export const answerKinds: Readonly<Record<string, (edit: CleanEdit) => Draft | undefined>> = {
  "answer: usual": (edit) => applied(`${edit.file.path}\n${usual(edit)}`),
  "answer: path bold": (edit) => applied(`**${edit.file.path}**\n${usual(edit)}`),
  "answer: path heading": (edit) => applied(`### \`${edit.file.path}\`\n\n${usual(edit)}`),
  "answer: path with ./": (edit) => applied(`./${edit.file.path}\n${usual(edit)}`),
  "answer: path with a/": (edit) => applied(`a/${edit.file.path}\n${usual(edit)}`),
  "answer: path with backslashes": (edit) =>
    applied(`${edit.file.path.replaceAll("/", "\\")}\n${usual(edit)}`),
  "answer: path missing": (edit) => applied(usual(edit)),
  "answer: path typo": (edit) => {
    const name = edit.file.path.split("/").pop() ?? "";
    return name.length > 9
      ? applied(`${edit.file.path.replace(name, name.slice(0, 2) + name.slice(3))}\n${usual(edit)}`)
      : undefined;
  },
  "answer: path in the fence": (edit) =>
    applied(`\`\`\`${edit.file.languageId} ${edit.file.path}\n${usual(edit)}\`\`\``),
  "answer: path outside": (edit) => refused(`../../elsewhere/secret.py\n${usual(edit)}`),
  "answer: path of version control": (edit) => refused(`.git/config.py\n${usual(edit)}`),
  "answer: five signs": (edit) => applied(marked(edit, "<<<<< SEARCH", "=====", ">>>>> REPLACE")),
  "answer: nine signs": (edit) =>
    applied(marked(edit, "<<<<<<<<< SEARCH", "=========", ">>>>>>>>> REPLACE")),
  "answer: lower case": (edit) =>
    applied(marked(edit, "<<<<<<< search", "=======", ">>>>>>> replace")),
  "answer: merge marks": (edit) =>
    applied(marked(edit, "<<<<<<< HEAD", "=======", ">>>>>>> updated")),
  "answer: original and updated": (edit) =>
    applied(marked(edit, "<<<<<<< ORIGINAL", "=======", ">>>>>>> UPDATED")),
  "answer: dashes as divider": (edit) =>
    applied(marked(edit, "<<<<<<< SEARCH", "-------", ">>>>>>> REPLACE")),
  "answer: dash and plus marks": (edit) =>
    applied(marked(edit, "------- SEARCH", "=======", "+++++++ REPLACE")),
  "answer: line number below the mark": (edit) =>
    applied(
      marked(
        edit,
        `<<<<<<< SEARCH\n:start_line:${edit.start + 1}\n-------`,
        "=======",
        ">>>>>>> REPLACE",
      ),
    ),
  "answer: text behind": (edit) => applied(`${usual(edit)}I hope that this helps.\n`),
  "answer: no divider": (edit) =>
    refused(`<<<<<<< SEARCH\n${text(edit.search)}${text(edit.replace)}>>>>>>> REPLACE\n`),
  "answer: no end, fence closed": (edit) =>
    applied(
      `\`\`\`\n<<<<<<< SEARCH\n${text(edit.search)}=======\n${text(edit.replace)}\`\`\`\nDone.\n`,
    ),
  "answer: cut off": (edit) =>
    refused(usual(edit).slice(0, Math.floor(usual(edit).length * 0.7)), true),
  "answer: draft in reasoning": (edit) =>
    applied(
      `<think>\n${marked(edit, "<<<<<<< SEARCH", "=======", "x\n>>>>>>> REPLACE")}</think>\n${usual(edit)}`,
    ),
  "answer: end of reasoning alone": (edit) =>
    applied(
      `Maybe this:\n${marked(edit, "<<<<<<< SEARCH", "=======", "x\n>>>>>>> REPLACE")}</think>\n${usual(edit)}`,
    ),
  "answer: reasoning never ends": (edit) => refused(`<think>\n${usual(edit)}`),
  "answer: twice": (edit) => applied(usual(edit) + usual(edit)),
  "answer: fence in each half": (edit) =>
    applied(
      marked(
        {
          ...edit,
          search: ["```", ...edit.search, "```"],
          replace: ["```", ...edit.replace, "```"],
        },
        "<<<<<<< SEARCH",
        "=======",
        ">>>>>>> REPLACE",
      ),
    ),
  "answer: fence in a fence": (edit) =>
    applied(`\`\`\`\`md\n\`\`\`${edit.file.languageId}\n${usual(edit)}\`\`\`\n\`\`\`\`\n`),
  "answer: CRLF": (edit) => applied(usual(edit).replaceAll("\n", "\r\n")),
  "answer: halves swapped": (edit) =>
    edit.replace.length === edit.search.length
      ? refused(
          marked(
            { ...edit, search: edit.replace, replace: edit.search },
            "<<<<<<< SEARCH",
            "=======",
            ">>>>>>> REPLACE",
          ),
        )
      : undefined,
  "answer: whole file": (edit) =>
    edit.file.lines.length <= 400
      ? applied(`${edit.file.path}\n\`\`\`${edit.file.languageId}\n${text(whole(edit))}\`\`\`\n`)
      : undefined,
  "answer: unified diff": (edit) =>
    applied(
      `\`\`\`diff\n--- a/${edit.file.path}\n+++ b/${edit.file.path}\n@@ -${edit.start + 1},${edit.search.length} +${edit.start + 1},${edit.replace.length} @@\n${signed(edit)}\`\`\`\n`,
    ),
  "answer: diff with wrong numbers": (edit) =>
    applied(
      `\`\`\`diff\n--- a/${edit.file.path}\n+++ b/${edit.file.path}\n@@ -1,99 +7,3 @@\n${signed(edit)}\`\`\`\n`,
    ),
  "answer: diff without header": (edit) => applied(`\`\`\`diff\n${signed(edit)}\`\`\`\n`),
  "answer: diff without blanks": (edit) =>
    applied(`\`\`\`diff\n@@ @@\n${signed(edit, "")}\`\`\`\n`),
  "answer: patch": (edit) =>
    applied(
      `*** Begin Patch\n*** Update File: ${edit.file.path}\n@@\n${signed(edit)}*** End Patch\n`,
    ),
  "answer: JSON": (edit) =>
    applied(
      json({
        path: edit.file.path,
        old_string: edit.search.join("\n"),
        new_string: edit.replace.join("\n"),
      }),
    ),
  "answer: JSON list": (edit) =>
    applied(
      json([
        { file: edit.file.path, search: edit.search.join("\n"), replace: edit.replace.join("\n") },
      ]),
    ),
  "answer: tags": (edit) =>
    applied(
      `<search>\n${text(edit.search)}</search>\n<replace>\n${text(edit.replace)}</replace>\n`,
    ),
  "answer: two bare fences": (edit) =>
    applied(
      `Instead of\n\`\`\`\n${text(edit.search)}\`\`\`\nwrite\n\`\`\`\n${text(edit.replace)}\`\`\`\n`,
    ),
};

/** The case of a kind; undefined where the kind does not apply to the edit. */
export function malformedAnswer(kind: string, edit: CleanEdit): MalformedCase | undefined {
  // An answer that shows its own marks in the code is another matter than a wrong form.
  if (
    [...edit.search, ...edit.replace].some(
      (line) => /^\s*(?:`{3}|<{5}|={5}|>{5}|[-+@]|<\/?[a-z])/.test(line) || /think>/.test(line),
    )
  )
    return undefined;
  const draft = answerKinds[kind]?.(edit);
  if (!draft) return undefined;
  const { file, start, search } = edit;
  return {
    kind,
    path: file.path,
    languageId: file.languageId,
    text: text(file.lines),
    answer: `The comparison needs a change.\n\n${draft.answer}`,
    truth: draft.truth ? text(whole(edit)) : undefined,
    start,
    end: start + search.length,
    ...(draft.truncated ? { truncated: true } : {}),
  };
}

/** One clean answer again and again, for measuring how fast answers are read. */
export function longAnswer(edit: CleanEdit, times: number): string {
  return `Here is the change.\n\n${blockOf(edit.file.path, edit.search, edit.replace)}`.repeat(
    times,
  );
}
