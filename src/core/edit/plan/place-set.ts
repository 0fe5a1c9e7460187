import { Changes } from "../../../base/text/changes";
import type { Lines } from "../../../base/text/lines";
import type { MatchLevel } from "../../../protocol/proposal";
import type { AnswerEdit } from "../answer/answer-edit";
import { EditedFile } from "../code/edited-file";
import { placeCode } from "../code/place-code";
import { limits } from "../limits";
import { placeReplacement } from "../locate/locate";
import { looser, type Placed, type Placement, type Refused, refused } from "../locate/placement";
import { excerpt, trimmed } from "../text/lines";
import { Snapshot } from "../text/snapshot";

export type PlacedSet =
  | {
      readonly kind: "placed";
      readonly text: Lines;
      readonly match: MatchLevel;
      readonly notices: readonly string[];
      readonly changed: boolean;
      readonly said: readonly (readonly string[])[];
      readonly by: readonly string[];
    }
  | Refused;

/** In the text that the model saw, else in what the edits before made of it: all or none. */
export function placeSet(file: EditedFile, edits: readonly AnswerEdit[]): PlacedSet {
  const set = placeAll(file, edits);
  // One edit alone is to blame for its refusal even where nothing said so.
  return set.kind === "refused" && set.edit === undefined && edits.length === 1 && edits[0]
    ? { ...set, edit: edits[0] }
    : set;
}

function placeAll(file: EditedFile, edits: readonly AnswerEdit[]): PlacedSet {
  let current = file;
  let pending = Changes.none(file.lines.length);
  let match: MatchLevel = "exact";
  let chained = 0;
  let changed = false;
  const notices = new Set<string>();
  const said: (readonly string[])[] = [];
  const by = new Set<string>();
  const settle = (): void => {
    const text = current.snapshot.text.with(pending);
    const target = current.target && pending.mapRange(current.target);
    current = new EditedFile(new Snapshot(text, file.facts), file.languageId, target, undefined);
    pending = Changes.none(text.count);
    chained++;
  };
  const replaced = new Map<string, string>();
  for (const edit of edits) {
    const reading = edit.kind === "replace" ? edit.readings[0] : undefined;
    if (reading) {
      const [search, replace] = [plain(reading.search), plain(reading.replace)];
      // A contradiction however it is placed.
      if ((replaced.get(search) ?? replace) !== replace)
        return {
          ...refused(
            "overlap",
            `The answer gives two different versions of the same lines: \`${excerpt(search.split("\n", 1)[0] ?? "")}\`.`,
          ),
          edit,
        };
      replaced.set(search, replace);
    }
    let placement = place(current, edit);
    const clash =
      placement.kind === "placed" ? changesOf(placement, current).clash(pending) : "none";
    if (clash === "same") {
      notices.add("The answer gave one edit twice; it is applied once.");
      continue;
    }
    if (
      (clash === "overlap" || placement.kind === "refused") &&
      !pending.isEmpty &&
      chained < limits.piece
    ) {
      const first = placement;
      settle();
      placement = place(current, edit, clash !== "overlap");
      if (placement.kind === "refused") {
        return { ...(first.kind === "refused" ? first : doNotFit(first)), edit };
      }
    }
    if (placement.kind === "refused") return { ...placement, edit };
    for (const notice of placement.notices) notices.add(notice);
    if (placement.ops.length === 0) continue;
    changed = true;
    said.push(...(placement.said ?? []));
    if (placement.by !== undefined) by.add(placement.by);
    match = looser(match, placement.match);
    pending = pending.join(changesOf(placement, current));
  }
  if (!pending.isEmpty) settle();
  return {
    kind: "placed",
    text: current.snapshot.text,
    match,
    notices: [...notices],
    changed,
    said,
    by: [...by],
  };
}

function changesOf({ ops }: Placed, file: EditedFile): Changes {
  return Changes.of(file.lines.length, ops);
}

function doNotFit({ ops }: Placed): Refused {
  const line = (ops[0]?.start ?? 0) + 1;
  const why = `Two edits of the answer change the same lines, near line ${line}, and do not fit together.`;
  return refused("overlap", why, ops);
}

export function placesAlone(file: EditedFile, edit: AnswerEdit): boolean {
  return edit.kind !== "broken" && place(file, edit).kind === "placed";
}

function place(file: EditedFile, edit: AnswerEdit, mayAlign = true): Placement {
  switch (edit.kind) {
    case "replace":
      return placeReplacement(file.snapshot, edit, file.target, mayAlign);
    case "code": {
      const placed = placeCode(file, edit);
      return placed.kind === "none"
        ? refused("noMatch", "The answer's code has no place in the file.")
        : placed;
    }
    case "broken":
      return refused(edit.code, edit.message);
  }
}

function plain(lines: readonly string[]): string {
  return trimmed(lines)
    .map((line) => line.trim())
    .join("\n");
}
