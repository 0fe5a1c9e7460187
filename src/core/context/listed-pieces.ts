import type { ListedPiece } from "../../protocol/context";
import { estimateTokens } from "../prompt/budget/token-estimate";
import { pieceText } from "../prompt/words/piece-text";
import type { ContextFindings } from "./context-source";
import { type PieceChoices, type SelectionLimits, selectPieces } from "./select-pieces";

/**
 * What would be sent of what was found, and what would not, for a person who looks before they ask.
 */
export function listedPieces(
  { pieces }: ContextFindings,
  choices: PieceChoices,
  limits: SelectionLimits,
): readonly ListedPiece[] {
  const tokensOf = (piece: (typeof pieces)[number]): number => estimateTokens(pieceText(piece));
  const selected = selectPieces(pieces, choices, limits, tokensOf);
  const sent = new Map(selected.pieces.map(({ id, tokens }) => [id, tokens]));
  const stateOf = (id: string): ListedPiece["state"] => {
    if (choices.crossed.has(id)) return "crossed";
    if (!sent.has(id)) return "noRoom";
    return choices.pinned.has(id) ? "pinned" : "sent";
  };
  const order: readonly ListedPiece["state"][] = ["pinned", "sent", "noRoom", "crossed"];
  return pieces
    .map((piece): ListedPiece => {
      const { id, kind, title, path, reason } = piece;
      const state = stateOf(id);
      // Of one that is too large a part goes along.
      const tokens = sent.get(id) ?? tokensOf(piece);
      return { id, kind, title, ...(path === undefined ? {} : { path }), reason, tokens, state };
    })
    .sort((one, other) => order.indexOf(one.state) - order.indexOf(other.state));
}
