import { choosePlace } from "../locate/choose-place";
import type { Declaration } from "./declarations";
import type { EditedFile } from "./edited-file";
import type { DeclarationPair } from "./pair-declarations";

const adds = /\b(?:add|put|insert|place|paste|append)\b/i;
const side =
  /\b(after|below|behind|under(?:neath)?|before|above)\b(?: (?:the|existing|function|method|class|definition|of|your)\b)* `([^`\n]{1,80})`/i;

/** "Add this method after `open`": a pair whose other half stands beside the new ones. */
export function namedNeighbour(
  file: EditedFile,
  label: string,
  fresh: readonly Declaration[],
): DeclarationPair | undefined {
  const [first] = fresh;
  const [, where = "", said = ""] = adds.test(label) ? (side.exec(label) ?? []) : [];
  const [name = "", container] = said
    .replace(/\(.*/s, "")
    .split(/\.|::?|#/)
    .reverse();
  if (first === undefined || name === "") return undefined;
  const named = file.declarations.filter(
    (one) =>
      one.name === name &&
      (container === undefined || [container, undefined].includes(one.container)),
  );
  const ours = oneOf(file, label, named);
  if (ours === undefined) return undefined;
  const isBehind = !/before|above/i.test(where);
  const head = isBehind ? first.head - 0.5 : (fresh.at(-1)?.head ?? 0) + 0.5;
  return { ours, theirs: { ...ours, start: head, end: head, head } };
}

/** Of several, the one that is what the sentence calls it, or where the person asked. */
function oneOf(
  file: EditedFile,
  label: string,
  named: readonly Declaration[],
): Declaration | undefined {
  const kind = /\b(?:function|method|constructor)\b/i.test(label) ? "callable" : undefined;
  const meant = named.filter((one) => kind === undefined || one.kind === kind);
  const all = meant.length > 0 ? meant : named;
  return choosePlace(all, { target: file.target })?.place;
}
