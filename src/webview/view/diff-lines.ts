import { t } from "../../base/l10n";
import { changedSpan } from "../../base/text/changed-span";
import { visibleText } from "../../base/visible-text";
import type { Hunk } from "../../protocol/proposal";
import { h } from "./dom";

function marked(text: string, start: number, end: number): (Node | string)[] {
  // A line that changed nearly everywhere is only noisier with marks.
  if (end <= start || end - start > 0.7 * text.trim().length) return [text];
  return [
    text.slice(0, start),
    h("span", { class: "word" }, text.slice(start, end)),
    text.slice(end),
  ];
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
      return [{ sign: "-", number: oldLine++, text, index, content: [text] }];
    if (line.startsWith("+"))
      return [{ sign: "+", number: newLine++, text, index, content: [text] }];
    if (!line.startsWith(" ")) return [];
    oldLine++;
    return [{ sign: " ", number: newLine++, text, index, content: [text] }];
  });
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

/**
 * Hunks as a region to scroll in; `hidden` is how many of its lines are left out beyond the limit.
 */
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
  const inner = h("div", { class: "diff-inner" }, ...shown);
  const element = h(
    "div",
    { class: "diff", tabindex: "0", role: "region", "aria-label": label },
    inner,
  );
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
