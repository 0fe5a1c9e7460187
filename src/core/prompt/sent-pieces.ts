import { t } from "../../base/l10n";
import type { SentPiece } from "../../protocol/run-events";
import type { Prompt, PromptPart } from "./prompt";

/** What a prompt is made of, for the person: each part with its place in the last message. */
export function sentPieces({ parts, talkTokens }: Prompt): readonly SentPiece[] {
  let at = 0;
  const own = parts.map((part): SentPiece => {
    const from = at;
    const to = from + part.text.length;
    at = to + "\n\n".length;
    return { label: part.label, tokens: part.tokens, from, to, ...factsOf(part) };
  });
  return talkTokens === 0
    ? own
    : [{ label: t("what was said before"), tokens: talkTokens }, ...own];
}

function factsOf({ piece }: PromptPart): Partial<SentPiece> {
  if (piece === undefined) return {};
  const { id, kind, source, reason, editable, path } = piece;
  return { id, kind, source, reason, editable, ...(path === undefined ? {} : { path }) };
}
