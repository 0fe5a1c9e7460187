import type { Seeded } from "../../test/core/edit/support/seeded";
import { type CleanEdit, timesIn } from "./clean-edits";

/** A file, an answer about it, and what must come of it: a text, or nothing. */
export interface MalformedCase {
  readonly kind: string;
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
  readonly answer: string;
  /** Undefined: the edit must be refused (or be no change). */
  readonly truth: string | undefined;
  /** Lines of the file that the edit is about. */
  readonly start: number;
  readonly end: number;
  /** The answer hit the length limit. */
  readonly truncated?: boolean;
}

interface Draft {
  search: readonly string[];
  replace: readonly string[];
  text?: string;
  truth?: string | "refuse";
  answer?: string;
}

type Mutation = (edit: CleanEdit, random: Seeded) => Draft | undefined;

const indentOf = (line: string): string => /^\s*/.exec(line)?.[0] ?? "";
const each =
  (change: (line: string, at: number) => string): Mutation =>
  ({ search, replace }) => ({ search: search.map(change), replace: replace.map(change) });
const fileText = (edit: CleanEdit): string => `${edit.file.lines.join("\n")}\n`;
const truthText = (edit: CleanEdit): string =>
  `${[...edit.file.lines.slice(0, edit.start), ...edit.replace, ...edit.file.lines.slice(edit.start + edit.search.length)].join("\n")}\n`;

/** Line numbers of the quotation that the edit leaves alone. */
function quiet(edit: CleanEdit): number[] {
  return edit.search.flatMap((line, at) =>
    at !== edit.changed && at !== edit.changed + 1 && line.trim() !== "" ? [at] : [],
  );
}

/** The same change to one quoted line on both sides. */
function inBoth(edit: CleanEdit, at: number, lines: readonly string[]): Draft {
  const cut = (list: readonly string[]): string[] => {
    const place = list.indexOf(edit.search[at] ?? "");
    return place < 0 ? [...list] : [...list.slice(0, place), ...lines, ...list.slice(place + 1)];
  };
  return { search: cut(edit.search), replace: cut(edit.replace) };
}

const isComment = (line: string): boolean =>
  /^\s*(?:#(?![a-z]+\b|\[|!)|\/\/|\*(?!\/)|\/\*.*\*\/\s*$)/.test(line);
const mark = (edit: CleanEdit): string => (/python/.test(edit.file.languageId) ? "#" : "//");

/** Kinds of damage, by family. */
export const kinds: Readonly<Record<string, Mutation>> = {
  "clean: exact": ({ search, replace }) => ({ search, replace }),
  "indent: stripped": each((line) => line.trimStart()),
  "indent: shifted": each((line) => (line.trim() === "" ? line : `    ${line}`)),
  "indent: first line only": each((line, at) => (at === 0 ? line.trimStart() : line)),
  "indent: tabs for spaces": (edit) =>
    edit.search.some((line) => /^(?: {2})+/.test(line))
      ? each((line) =>
          line.replace(/^ +/, (spaces) => "\t".repeat(Math.round(spaces.length / stepOf(edit)))),
        )(edit, undefined as never)
      : undefined,
  "indent: other step": (edit) =>
    edit.search.some((line) => /^ {2}/.test(line))
      ? each((line) =>
          line.replace(/^ +/, (spaces) =>
            " ".repeat((spaces.length / stepOf(edit)) * (stepOf(edit) === 2 ? 4 : 2)),
          ),
        )(edit, undefined as never)
      : undefined,
  "indent: common taken off": (edit) => {
    const least = Math.min(
      ...edit.search.filter((line) => line.trim() !== "").map((line) => indentOf(line).length),
    );
    return least > 0
      ? each((line) => line.slice(Math.min(least, indentOf(line).length)))(edit, undefined as never)
      : undefined;
  },
  "space: trailing in answer": each((line, at) => (at % 2 === 0 ? `${line}  ` : line)),
  "space: trailing in file": (edit) => {
    const at = edit.start + (quiet(edit)[0] ?? 0);
    const add = (text: string, line: number): string =>
      text
        .split("\n")
        .map((one, index) => (index === line ? `${one}  ` : one))
        .join("\n");
    const truthAt =
      at > edit.start + edit.changed ? at + edit.replace.length - edit.search.length : at;
    return quiet(edit).length > 0
      ? {
          search: edit.search,
          replace: edit.replace,
          text: add(fileText(edit), at),
          truth: add(truthText(edit), truthAt),
        }
      : undefined;
  },
  "space: blank line added": (edit) =>
    quiet(edit).length > 0
      ? inBoth(edit, quiet(edit)[0] ?? 0, [edit.search[quiet(edit)[0] ?? 0] ?? "", ""])
      : undefined,
  "space: blank line dropped": (edit) =>
    edit.search.includes("")
      ? {
          search: edit.search.filter((line) => line !== ""),
          replace: edit.replace.filter((line) => line !== ""),
        }
      : undefined,
  "space: leading blank line": ({ search, replace }) => ({
    search: ["", ...search],
    replace: ["", ...replace],
  }),
  "space: CRLF file": (edit) => ({
    search: edit.search,
    replace: edit.replace,
    text: fileText(edit).replaceAll("\n", "\r\n"),
    truth: truthText(edit).replaceAll("\n", "\r\n"),
  }),
  "space: CRLF answer": (edit) => ({
    search: edit.search,
    replace: edit.replace,
    answer: blockOf(edit.file.path, edit.search, edit.replace).replaceAll("\n", "\r\n"),
  }),
  "space: byte-order mark": (edit) => ({
    search: edit.search,
    replace: edit.replace,
    text: `\uFEFF${fileText(edit)}`,
    truth: `\uFEFF${truthText(edit)}`,
  }),
  "space: no final newline": (edit) => ({
    search: edit.search,
    replace: edit.replace,
    text: fileText(edit).slice(0, -1),
    truth: truthText(edit).slice(0, -1),
  }),
  "space: around signs": (edit) =>
    edit.search.some((line, at) => at !== edit.changed && / = /.test(line))
      ? {
          search: edit.search.map(squeeze),
          replace: edit.replace.map((line) => (edit.search.includes(line) ? squeeze(line) : line)),
        }
      : undefined,
  "signs: smart quotes": (edit) =>
    edit.search.some((line, at) => at !== edit.changed && /["'][^"']*["']/.test(line))
      ? each((line) => line.replace(/"([^"]*)"/g, "“$1”").replace(/'([^']*)'/g, "‘$1’"))(
          edit,
          undefined as never,
        )
      : undefined,
  "signs: HTML entities": (edit) =>
    edit.search.some((line) => /[<>&]/.test(line))
      ? each((line) => line.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;"))(
          edit,
          undefined as never,
        )
      : undefined,
  "signs: other quote style": (edit) => {
    const at = quiet(edit).find((line) => /"[^"'\\]*"/.test(edit.search[line] ?? ""));
    return at === undefined
      ? undefined
      : inBoth(edit, at, [(edit.search[at] ?? "").replace(/"([^"'\\]*)"/g, "'$1'")]);
  },
  "signs: semicolon lost": (edit) => {
    const at = quiet(edit).find((line) => /;$/.test(edit.search[line] ?? ""));
    return at === undefined ? undefined : inBoth(edit, at, [(edit.search[at] ?? "").slice(0, -1)]);
  },
  "signs: typo in context": (edit) => {
    const at = quiet(edit).find(
      (line) => /[a-z]{5}/.test(edit.search[line] ?? "") && edit.search.length > 3,
    );
    return at === undefined
      ? undefined
      : inBoth(edit, at, [(edit.search[at] ?? "").replace(/([a-z])([a-z])([a-z]{3})/, "$2$1$3")]);
  },
  "signs: name made up in context": (edit) => {
    const at = quiet(edit).find(
      (line) => /[a-z]{5}/.test(edit.search[line] ?? "") && edit.search.length > 3,
    );
    return at === undefined
      ? undefined
      : inBoth(edit, at, [(edit.search[at] ?? "").replace(/[a-z]{5,}/, "somename")]);
  },
  "lines: comment dropped": (edit) => {
    const at = quiet(edit).find((line) => isComment(edit.search[line] ?? ""));
    return at === undefined || edit.search.filter((line) => !isComment(line)).length < 2
      ? undefined
      : inBoth(edit, at, []);
  },
  "lines: comment reworded": (edit) => {
    const at = quiet(edit).find(
      (line) =>
        isComment(edit.search[line] ?? "") && (edit.search[line] ?? "").split(" ").length > 3,
    );
    return at === undefined
      ? undefined
      : inBoth(edit, at, [(edit.search[at] ?? "").replace(/(\w+) (\w+)(.*)$/, "$2 of the $1$3")]);
  },
  "lines: comment behind code dropped": (edit) => {
    const at = quiet(edit)[0];
    if (
      at === undefined ||
      isComment(edit.search[at] ?? "") ||
      /[\\"'`]|\*\//.test(edit.search[at] ?? "") ||
      /^\s*[*@]/.test(edit.search[at] ?? "")
    )
      return undefined;
    const line = `${edit.search[at] ?? ""}  ${mark(edit)} keep this`;
    const put = (text: string): string => {
      const lines = text.split("\n");
      const place = lines.findIndex((one, index) => one === edit.search[at] && index >= edit.start);
      lines[place] = line;
      return lines.join("\n");
    };
    return {
      search: edit.search,
      replace: edit.replace,
      text: put(fileText(edit)),
      truth: put(truthText(edit)),
    };
  },
  "lines: one skipped in both": (edit) => {
    const at = quiet(edit).find(
      (line) => line > 0 && line < edit.search.length - 1 && /\w{4}/.test(edit.search[line] ?? ""),
    );
    return at === undefined || edit.search.length < 5 ? undefined : inBoth(edit, at, []);
  },
  "lines: one made up in both": (edit) => {
    const at = quiet(edit).find((line) => line > 0);
    return at === undefined || edit.search.length < 5
      ? undefined
      : inBoth(edit, at, [
          edit.search[at] ?? "",
          `${indentOf(edit.search[at] ?? "")}imaginary_call(${at})`,
        ]);
  },
  "lines: dots in both": (edit) => {
    const gap = quiet(edit).filter((line) => line > 0 && line < edit.search.length - 1);
    const at = gap.find((line) => /\w/.test(edit.search[line] ?? ""));
    return at === undefined || edit.search.length < 5 ? undefined : inBoth(edit, at, ["..."]);
  },
  "lines: existing code in both": (edit) => {
    const at = quiet(edit).find(
      (line) => line > 0 && line < edit.search.length - 1 && /\w/.test(edit.search[line] ?? ""),
    );
    return at === undefined || edit.search.length < 5
      ? undefined
      : inBoth(edit, at, [`${mark(edit)} ... existing code ...`]);
  },
  "wrapped: line numbers": (edit) => ({
    search: edit.search.map((line, at) => `${edit.start + at + 1} | ${line}`),
    replace: edit.replace.map((line, at) => `${edit.start + at + 1} | ${line}`),
  }),
  "wrapped: diff signs": (edit) => ({
    search: edit.search
      .map((line) => (edit.replace.includes(line) ? ` ${line}` : `-${line}`))
      .map((line, at) => (at === edit.changed ? `-${edit.search[at]}` : line)),
    replace: edit.replace.map((line, at) =>
      edit.search.includes(line) && at !== edit.changed ? ` ${line}` : `+${line}`,
    ),
  }),
  "wrapped: fence inside": ({ search, replace }) => ({
    search: ["```", ...search, "```"],
    replace: ["```", ...replace, "```"],
  }),
  "wrapped: file name inside": ({ file, search, replace }) => ({
    search: [file.path, ...search],
    replace: [file.path, ...replace],
  }),
  "wrapped: escaped quotes": (edit) =>
    edit.search.some((line) => line.includes('"'))
      ? each((line) => line.replaceAll('"', '\\"'))(edit, undefined as never)
      : undefined,
  "wrapped: quoted as mail": each((line) => `> ${line}`),
  "several: two edits out of order": (edit, random) => {
    const later = edit.start + edit.search.length + 2 + random.below(5);
    const other = edit.file.lines.slice(later, later + 3);
    const line = other[1] ?? "";
    if (
      other.length < 3 ||
      timesIn(edit.file.lines, other) !== 1 ||
      !/\w{3}/.test(line) ||
      (other[0] ?? "").trim() === "" ||
      (other[2] ?? "").trim() === ""
    )
      return undefined;
    const fresh = line.replace(/(\w{3,})/, "$13");
    const lines = truthText(edit).split("\n");
    lines[later + 1 + edit.replace.length - edit.search.length] = fresh;
    const answer =
      blockOf(edit.file.path, other, [other[0] ?? "", fresh, other[2] ?? ""]) +
      blockOf(edit.file.path, edit.search, edit.replace);
    return { search: edit.search, replace: edit.replace, answer, truth: lines.join("\n") };
  },
  "several: given twice": (edit) => ({
    search: edit.search,
    replace: edit.replace,
    answer: blockOf(edit.file.path, edit.search, edit.replace).repeat(2),
  }),
  "several: chained": (edit) => {
    const last = edit.replace.map((line, at) =>
      at === edit.changed ? line.replace(/(\w{3,})/, "$19") : line,
    );
    if (last.join() === edit.replace.join()) return undefined;
    const truth = `${[...edit.file.lines.slice(0, edit.start), ...last, ...edit.file.lines.slice(edit.start + edit.search.length)].join("\n")}\n`;
    return {
      search: edit.search,
      replace: edit.replace,
      answer:
        blockOf(edit.file.path, edit.search, edit.replace) +
        blockOf(edit.file.path, edit.replace, last),
      truth,
    };
  },
  "several: user changed another line": (edit) => {
    const at = quiet(edit).find(
      (line) => /[a-z]{5}/.test(edit.search[line] ?? "") && edit.search.length > 3,
    );
    if (at === undefined) return undefined;
    const was = edit.search[at] ?? "";
    const put = (text: string): string => {
      const lines = text.split("\n");
      const place = lines.findIndex((one, index) => one === was && index >= edit.start);
      lines[place] = was.replace(/[a-z]{5,}/, "$&ByUser");
      return lines.join("\n");
    };
    return {
      search: edit.search,
      replace: edit.replace,
      text: put(fileText(edit)),
      truth: put(truthText(edit)),
    };
  },
  "not: quoted twice": (edit) => ({
    search: edit.search,
    replace: edit.replace,
    text: `${fileText(edit)}\n${edit.search.join("\n")}\n`,
    truth: "refuse",
  }),
  "not: twice after drift": (edit) =>
    edit.search.every((line) => line.trim() === "" || indentOf(line) === "")
      ? undefined
      : {
          search: edit.search.map((line) => line.trimStart()),
          replace: edit.replace.map((line) => line.trimStart()),
          text: `${fileText(edit)}\n${edit.search.map((line) => `  ${line}`).join("\n")}\n`,
          truth: "refuse",
        },
  "not: absent": (edit) => {
    const lines = fileText(edit).split("\n");
    lines.splice(edit.start, edit.search.length);
    return { search: edit.search, replace: edit.replace, text: lines.join("\n"), truth: "refuse" };
  },
  "not: only first and last line": (edit) => {
    if (edit.search.length < 6) return undefined;
    const lines = fileText(edit).split("\n");
    lines.splice(
      edit.start + 1,
      edit.search.length - 2,
      "completely = other_thing(1)",
      "and_more = second_thing(2)",
      "third(3)",
    );
    return { search: edit.search, replace: edit.replace, text: lines.join("\n"), truth: "refuse" };
  },
  "not: line to change differs": (edit) => {
    if (edit.search.length < 4 || edit.replace.length !== edit.search.length) return undefined;
    const lines = fileText(edit).split("\n");
    const at = edit.start + edit.changed;
    lines[at] = `${indentOf(lines[at] ?? "")}rewritten_by_the_user = something(${at})`;
    return { search: edit.search, replace: edit.replace, text: lines.join("\n"), truth: "refuse" };
  },
  "not: moved apart": (edit) => {
    if (edit.search.length < 4) return undefined;
    const lines = fileText(edit).split("\n");
    const half = Math.ceil(edit.search.length / 2);
    const tail = lines.splice(edit.start + half, edit.search.length - half);
    // Too near the end of the file there is nothing to move it behind.
    const between = lines.slice(edit.start + half, edit.start + half + 12);
    if (between.filter((line) => /\w/.test(line) && !isComment(line)).length < 5) return undefined;
    lines.splice(Math.min(lines.length, edit.start + half + 12), 0, ...tail);
    // Comments alone that moved are no reason to refuse, and a list of equal lines may have closed
    // up again.
    if (
      tail.filter((line) => /\w/.test(line) && !isComment(line)).length < 2 ||
      timesIn(lines, edit.search) > 0
    )
      return undefined;
    return edit.changed >= half && half * 2 > edit.search.length
      ? undefined
      : { search: edit.search, replace: edit.replace, text: lines.join("\n"), truth: "refuse" };
  },
  "not: turned round": (edit) => {
    const turned = [...edit.search].reverse();
    if (turned.join() === edit.search.join() || edit.search.length < 4) return undefined;
    const lines = fileText(edit).split("\n");
    lines.splice(edit.start, edit.search.length, ...turned);
    return { search: edit.search, replace: edit.replace, text: lines.join("\n"), truth: "refuse" };
  },
  "not: gone, renamed clone elsewhere": (edit) => {
    const clone = edit.search.map((line) =>
      line.replace(/[A-Za-z]{4,}/g, (name) => `${name}Other`),
    );
    if (clone.filter((line, at) => line !== edit.search[at]).length < 2) return undefined;
    const lines = fileText(edit).split("\n");
    lines.splice(edit.start, edit.search.length);
    return {
      search: edit.search,
      replace: edit.replace,
      text: `${lines.join("\n")}\n${clone.join("\n")}\n`,
      truth: "refuse",
    };
  },
  "not: lone brace": (edit) =>
    edit.file.lines.filter((line) => line.trim() === "}").length > 1
      ? { search: ["}"], replace: ["}", "extra()"], truth: "refuse" }
      : undefined,
  "not: conflict": (edit) => {
    const other = edit.replace.map((line, at) =>
      at === edit.changed ? `${indentOf(line)}different(${at})` : line,
    );
    return {
      search: edit.search,
      replace: edit.replace,
      answer:
        blockOf(edit.file.path, edit.search, edit.replace) +
        blockOf(edit.file.path, edit.search, other),
      truth: "refuse",
    };
  },
  "not: dots in new half only": (edit) =>
    edit.search.length < 5
      ? undefined
      : {
          search: edit.search,
          replace: [edit.replace[0] ?? "", "...", ...edit.replace.slice(3)],
          truth: "refuse",
        },
  "none: already applied": (edit) =>
    timesIn(truthText(edit).split("\n"), edit.replace) === 1 &&
    timesIn(truthText(edit).split("\n"), edit.search) === 0
      ? { search: edit.search, replace: edit.replace, text: truthText(edit), truth: "refuse" }
      : undefined,
  "none: search is replace": ({ search }) => ({ search, replace: search, truth: "refuse" }),
  "sign: dollar in new text": (edit) => {
    const replace = edit.replace.map((line, at) =>
      at === edit.changed ? `${line} $& $1 $$` : line,
    );
    const truth = `${[...edit.file.lines.slice(0, edit.start), ...replace, ...edit.file.lines.slice(edit.start + edit.search.length)].join("\n")}\n`;
    return { search: edit.search, replace, truth };
  },
};

function stepOf(edit: CleanEdit): number {
  return edit.file.lines.some((line) => /^ {2}\S/.test(line)) ? 2 : 4;
}

function squeeze(line: string): string {
  return line.replace(/ = /g, "=").replace(/, /g, ",");
}

export function blockOf(
  path: string,
  search: readonly string[],
  replace: readonly string[],
): string {
  return `${path}\n<<<<<<< SEARCH\n${search.map((line) => `${line}\n`).join("")}=======\n${replace.map((line) => `${line}\n`).join("")}>>>>>>> REPLACE\n\n`;
}

/** The case of a kind for an edit; undefined where the kind does not apply to it. */
export function malformed(
  kind: string,
  edit: CleanEdit,
  random: Seeded,
): MalformedCase | undefined {
  const draft = kinds[kind]?.(edit, random);
  if (!draft) return undefined;
  const truth = draft.truth ?? truthText(edit);
  return {
    kind,
    path: edit.file.path,
    languageId: edit.file.languageId,
    text: draft.text ?? fileText(edit),
    answer:
      draft.answer ??
      `I change this.\n\n${blockOf(edit.file.path, draft.search, draft.replace)}Done.\n`,
    truth: truth === "refuse" ? undefined : truth,
    start: edit.start,
    end: edit.start + edit.search.length,
  };
}
