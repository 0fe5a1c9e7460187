import type { AnswerEdit } from "./answer-edit";

/** A tag that the model invented for its edit, with all between its marks. */
export interface Tag {
  readonly name: string;
  readonly text: string;
}

const oldNames = "search|find|old|old_code|old_str|old_string|original|before|wrong|incorrect|remove|delete|current";
const newNames = "replace|replacement|new|new_code|new_str|new_string|updated|after|right|correct|corrected|fixed|fix|insert|add";
const opened = new RegExp(`^\\s*<(${oldNames}|${newNames}|edit|change|replace_in_file|suggestion)(?:\\s[^>]*)?>`, "i");
const isOld = new RegExp(`^(?:${oldNames})$`, "i");
const isNew = new RegExp(`^(?:${newNames})$`, "i");
const oldLabel = /^\s*(?:the\s+)?(?:wrong|old|original|incorrect|buggy|bad|current)\s+(?:line|code|lines)\s*(?:is\s*)?:\s*/i;
const newLabel = /^\s*(?:the\s+)?(?:right|new|correct(?:ed)?|fixed|good|updated)\s+(?:line|code|lines)\s*(?:is\s*)?:\s*/i;

/** Name of the tag that the line opens, if it is one that can hold an edit. */
export function tagOpened(line: string): string | undefined {
  return opened.exec(line)?.[1];
}

/** Every known tag in a text. */
export function tagsIn(text: string): Tag[] {
  const tags: Tag[] = [];
  const mark = new RegExp(`<(${oldNames}|${newNames})(?:\\s[^>]*)?>`, "gi");
  for (let match = mark.exec(text); match && tags.length < 200; match = mark.exec(text)) {
    const close = text.toLowerCase().indexOf(`</${(match[1] ?? "").toLowerCase()}>`, match.index);
    if (close < 0) continue;
    tags.push({ name: match[1] ?? "", text: `${text.slice(match.index, close)}</${match[1]}>` });
    mark.lastIndex = close;
  }
  return tags;
}

/** Tags two by two: an old and a new one by their names, or by what the model says in them ("the wrong line: ..."). */
export function readTags(tags: readonly Tag[]): AnswerEdit[] {
  const parts: { role: "old" | "new" | undefined; lines: string[] }[] = [];
  for (const tag of tags) {
    const inner = contentOf(tag);
    const nested = /<\w/.test(inner) ? tagsIn(inner) : [];
    if (nested.length > 0) for (const child of nested) parts.push(partOf(child.name, contentOf(child)));
    else parts.push(partOf(tag.name, inner));
  }
  const edits: AnswerEdit[] = [];
  for (let at = 0; at + 1 < parts.length; at++) {
    const before = parts[at];
    const after = parts[at + 1];
    if (before?.role !== "old" || after?.role !== "new") continue;
    edits.push({ kind: "replace", form: "tags", readings: [{ search: before.lines, replace: after.lines }], notices: [] });
    at++;
  }
  return edits;
}

function partOf(name: string, text: string): { role: "old" | "new" | undefined; lines: string[] } {
  const old = oldLabel.exec(text);
  const fresh = newLabel.exec(text);
  const label = old ?? fresh;
  const role = old ? "old" : fresh ? "new" : isOld.test(name) ? "old" : isNew.test(name) ? "new" : undefined;
  const body = label ? text.slice(label[0].length) : text;
  const lines = body
    .replace(/^[^\S\n]*\n/, "")
    .replace(/\n[^\S\n]*$/, "")
    .split("\n");
  const fenced =
    lines.length > 1 && /^\s*```/.test(lines[0] ?? "")
      ? lines.slice(1, /^\s*```\s*$/.test(lines[lines.length - 1] ?? "") ? -1 : undefined)
      : lines;
  return { role, lines: fenced.map((line) => line.replace(/\r$/, "")) };
}

function contentOf(tag: Tag): string {
  return tag.text
    .replace(new RegExp(`^[\\s\\S]*?<${tag.name}(?:\\s[^>]*)?>`, "i"), "")
    .replace(new RegExp(`</\\s*${tag.name}\\s*>[\\s\\S]*$`, "i"), "");
}
