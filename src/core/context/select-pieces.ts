import { t } from "../../base/l10n";
import { holdsLines } from "../../base/text/positions";
import type { ContextPiece, DroppedPiece } from "../../protocol/context";

/** What the person said of single pieces, by their ids. */
export interface PieceChoices {
  readonly crossed: ReadonlySet<string>;
  readonly pinned: ReadonlySet<string>;
}

export const noChoices: PieceChoices = { crossed: new Set(), pinned: new Set() };

export interface SelectionLimits {
  /**
   * For all that nobody asked for: each further token is read before the model says its first word.
   */
  readonly extraTokens: number;
  /** For everything together. */
  readonly roomTokens: number;
}

export interface SelectedPieces {
  /** In the order in which they are sent: what changes least comes first. */
  readonly pieces: readonly (ContextPiece & { readonly tokens: number })[];
  readonly dropped: readonly DroppedPiece[];
}

/**
 * Chooses what is sent: what the person named or pinned first, then what is worth most, until there
 * is no room. A large piece that does not fit lets a smaller one behind it in; of one that the
 * person wants goes what fits then. One that another holds goes without a word: its class tells all
 * that a method does.
 * @param tokensOf of a piece as it is laid out.
 */
export function selectPieces(
  pieces: readonly ContextPiece[],
  choices: PieceChoices,
  { extraTokens, roomTokens }: SelectionLimits,
  tokensOf: (piece: ContextPiece) => number,
): SelectedPieces {
  let taken: (ContextPiece & { readonly tokens: number })[] = [];
  const dropped: DroppedPiece[] = [];
  const tooLarge: ContextPiece[] = [];
  let extra = extraTokens;
  let room = roomTokens;
  const takeParts = (): void => {
    for (const piece of tooLarge.splice(0)) {
      const part = partThatFits(piece, room, tokensOf);
      const tokens = part === undefined ? 0 : tokensOf(part);
      if (part !== undefined) taken.push({ ...part, tokens });
      room -= tokens;
      const rest = part === undefined ? droppedPiece(piece, "room") : restOf(piece);
      dropped.push({ ...rest, tokens: tokensOf(piece) - tokens });
    }
  };
  for (const piece of byWorth(pieces, choices)) {
    if (choices.crossed.has(piece.id)) {
      dropped.push(droppedPiece(piece, "person"));
      continue;
    }
    const isWanted = isAskedFor(piece, choices);
    if (!isWanted) takeParts();
    // What the person asked for by name is seen to be there.
    const mayHold = (outer: ContextPiece, inner: ContextPiece): boolean =>
      holds(outer, inner) && (isAskedFor(outer, choices) || !isAskedFor(inner, choices));
    if (taken.some((other) => mayHold(other, piece))) continue;
    const tokens = tokensOf(piece);
    const held = taken.filter((other) => mayHold(piece, other));
    const freed = held.reduce((sum, other) => sum + other.tokens, 0);
    if (isWanted && tokens > room + freed) {
      tooLarge.push(piece);
      continue;
    }
    if (!isWanted && tokens > Math.min(room, extra) + freed) {
      dropped.push({ ...droppedPiece(piece, "room"), tokens });
      continue;
    }
    room += freed - tokens;
    extra += freed - (isWanted ? 0 : tokens);
    taken = [...taken.filter((other) => !held.includes(other)), { ...piece, tokens }];
  }
  takeParts();
  return { pieces: taken.sort(inPlaceOrder), dropped };
}

/** A shorter part of a text says nothing. */
const leastCharacters = 80;

/**
 * The beginning of a piece, as much as there is room for; of what stands in the terminal the end,
 * where the error is. In coarse steps, so that a longer question seldom makes it another text,
 * which would be read anew with all behind it.
 */
function partThatFits(
  piece: ContextPiece,
  roomTokens: number,
  tokensOf: (piece: ContextPiece) => number,
): ContextPiece | undefined {
  const { range: _, file: __, text, ...facts } = piece;
  let length = text.length;
  while (length >= leastCharacters) {
    length = Math.floor(length * 0.75);
    const shown =
      piece.kind === "terminal" ? `…${text.slice(-length)}` : `${text.slice(0, length)}…`;
    const part: ContextPiece = { ...facts, text: shown, editable: false };
    if (tokensOf(part) <= roomTokens) return part;
  }
  return undefined;
}

/** What of a piece does not go along where the rest does. */
export function restOf({ id, title }: ContextPiece): DroppedPiece {
  return { id: `rest:${id}`, title: t("the rest of {0}", title), why: "room" };
}

/** Whether all lines of a piece stand in another one, and may be changed there as well. */
function holds(outer: ContextPiece, inner: ContextPiece): boolean {
  if (outer.path === undefined || outer.path !== inner.path) return false;
  if (outer.range === undefined || inner.range === undefined) return false;
  if (outer.kind === "diff" || inner.kind === "diff") return false;
  if (inner.editable && !outer.editable) return false;
  return holdsLines(outer.range, inner.range);
}

/** Whether the person wants it, so that only the window limits it. */
export function isAskedFor(piece: ContextPiece, { pinned }: PieceChoices): boolean {
  return piece.source === "person" || piece.kind === "instructions" || pinned.has(piece.id);
}

function byWorth(pieces: readonly ContextPiece[], choices: PieceChoices): readonly ContextPiece[] {
  const asked = (piece: ContextPiece): number => Number(isAskedFor(piece, choices));
  return [...pieces].sort(
    (one, other) =>
      asked(other) - asked(one) || other.value - one.value || one.id.localeCompare(other.id),
  );
}

/**
 * What a daemon has read stays read up to the first change, so that what changes with every edit
 * comes behind the code.
 */
export function isVolatile({ kind }: ContextPiece): boolean {
  switch (kind) {
    case "problems":
    case "diff":
    case "recent":
    case "selection":
    case "terminal":
      return true;
    case "instructions":
    case "definition":
    case "type":
    case "test":
    case "caller":
    case "file":
    case "folder":
    case "symbol":
      return false;
    default:
      return kind satisfies never;
  }
}

/**
 * Instructions, then code by path and line, then what changes. The same pieces always stand in the
 * same order.
 */
function inPlaceOrder(one: ContextPiece, other: ContextPiece): number {
  return (
    Number(isVolatile(one)) - Number(isVolatile(other)) ||
    Number(other.kind === "instructions") - Number(one.kind === "instructions") ||
    (one.path ?? "").localeCompare(other.path ?? "") ||
    (one.range?.start.line ?? 0) - (other.range?.start.line ?? 0) ||
    one.id.localeCompare(other.id)
  );
}

function droppedPiece(piece: ContextPiece, why: DroppedPiece["why"]): DroppedPiece {
  const { id, title, path } = piece;
  return { id, title, why, ...(path === undefined ? {} : { path }) };
}
