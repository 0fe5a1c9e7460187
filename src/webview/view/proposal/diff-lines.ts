import { count, t } from "../../../base/l10n";
import { changedSpan } from "../../../base/text/changed-span";
import { visibleText } from "../../../base/visible-text";
import type { Hunk } from "../../../protocol/proposal";
import { h } from "../dom/dom";

/** What is the same in a changed line is shown so far around the change, in characters. */
const shownAround = 120;
/** What is new, or gone, is shown as a whole up to here: nothing is to hide in it. */
const shownOfChange = 8_000;

/** A line in rows as wide as the panel; where it is very long, what stays the same is left out. */
function marked(text: string, start: number, end: number): (Node | string)[] {
  // A line that changed nearly everywhere is only noisier with marks.
  if (end <= start || end - start > 0.7 * text.trim().length)
    return withoutMiddle(text, shownOfChange);
  return [
    ...withoutMiddle(text.slice(0, start), shownAround),
    h("span", { class: "word" }, ...withoutMiddle(text.slice(start, end), shownOfChange)),
    ...withoutMiddle(text.slice(end), shownAround),
  ];
}

function withoutMiddle(text: string, most: number): (Node | string)[] {
  if (text.length <= 2 * most) return [text];
  const from = wholeAt(text, most);
  const to = wholeAt(text, text.length - most);
  const words = t("{0} characters", count(to - from));
  return [text.slice(0, from), h("span", { class: "left-out" }, `⋯ ${words} ⋯`), text.slice(to)];
}

/** Not between the two halves of one character. */
function wholeAt(text: string, at: number): number {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff ? at + 1 : at;
}

interface Row {
  readonly sign: " " | "-" | "+";
  readonly number: number;
  readonly text: string;
  /** Of the line in its hunk. */
  readonly index: number;
  content: (Node | string)[];
}

function rowsOf(hunk: Hunk): Row[] {
  let oldLine = hunk.oldStart;
  let newLine = hunk.newStart;
  return hunk.lines.flatMap((line, index): Row[] => {
    const text = visibleText(line.slice(1));
    if (line.startsWith("-"))
      return [{ sign: "-", number: oldLine++, text, index, content: marked(text, 0, 0) }];
    if (line.startsWith("+"))
      return [{ sign: "+", number: newLine++, text, index, content: marked(text, 0, 0) }];
    if (!line.startsWith(" ")) return [];
    oldLine++;
    const content = withoutMiddle(text, shownAround);
    return [{ sign: " ", number: newLine++, text, index, content }];
  });
}

/** The first line that is new, or where none is the first that goes; undefined without a change. */
export function firstChange(hunks: readonly Hunk[]): Pick<Row, "number" | "text"> | undefined {
  const rows = hunks.flatMap(rowsOf);
  return rows.find(({ sign }) => sign === "+") ?? rows.find(({ sign }) => sign === "-");
}

/** Marks the differing words where as many lines go as come. */
function markWords(rows: readonly Row[]): void {
  for (let from = 0; from < rows.length; from++) {
    let removed = 0;
    while (rows[from + removed]?.sign === "-") removed++;
    let added = 0;
    while (rows[from + removed + added]?.sign === "+") added++;
    if (removed > 0 && removed === added) {
      for (let index = 0; index < removed; index++) {
        const old = rows[from + index];
        const fresh = rows[from + removed + index];
        if (old === undefined || fresh === undefined) continue;
        const { start, beforeEnd, afterEnd } = changedSpan(old.text, fresh.text);
        old.content = marked(old.text, start, beforeEnd);
        fresh.content = marked(fresh.text, start, afterEnd);
      }
    }
    from += Math.max(0, removed + added - 1);
  }
}

const names = { " ": "context", "-": "removed", "+": "added" } as const;

/** Something that stands at the end of a hunk's line, by the index of the line in the hunk. */
export type LineExtras = ReadonlyMap<number, HTMLElement>;

/** Hunks as a region; `hidden` is how many of its lines are left out beyond the limit. */
export function diffOf(
  hunks: readonly Hunk[],
  label: string,
  mostLines: number,
  extrasOf: (hunk: number) => LineExtras = () => new Map(),
): { readonly element: HTMLElement; readonly hidden: number } {
  const lines = hunks.flatMap((hunk, index) => [
    ...(index > 0 ? [h("div", { class: "gap", "aria-hidden": "true" }, "⋯")] : []),
    ...hunkRows(hunk, extrasOf(index)),
  ]);
  const shown = lines.slice(0, mostLines);
  const element = h("div", { class: "diff", role: "region", "aria-label": label }, ...shown);
  const last = hunks.map(
    (hunk) => String(Math.max(hunk.oldStart + hunk.oldLines, hunk.newStart + hunk.newLines)).length,
  );
  element.style.setProperty("--digits", String(Math.max(2, ...last)));
  return { element, hidden: lines.length - shown.length };
}

/** One hunk as rows of sign, line number and text. Signs and numbers stay out of what is copied. */
function hunkRows(hunk: Hunk, extras: LineExtras = new Map()): HTMLElement[] {
  const rows = rowsOf(hunk);
  markWords(rows);
  return rows.map(({ sign, number, content, index }) => {
    const extra = extras.get(index);
    return h(
      "div",
      { class: `line ${names[sign]}` },
      h("span", { class: "sign", "aria-hidden": "true" }, sign === "-" ? "−" : sign),
      h("span", { class: "line-number", "aria-hidden": "true" }, String(number)),
      h(
        "span",
        { class: "line-text" },
        ...(sign === " "
          ? []
          : [
              h("span", { class: "visually-hidden" }, sign === "-" ? t("removed: ") : t("added: ")),
            ]),
        ...content,
      ),
      ...(extra === undefined ? [] : [extra]),
    );
  });
}
