import type {
  ChangedTextParams,
  KeptSymbols,
  TextParams,
  TextSyntaxResult,
} from "../protocol/language-server";
import type { SymbolInfo } from "../protocol/syntax";
import type { TextSyntax } from "../syntax/syntax-source";
import { keptSymbols } from "./kept-symbols";
import type { KnownText, KnownTexts } from "./known-texts";
import { changedTextParams, textParams } from "./request-guards";

type Answer = NonNullable<TextSyntaxResult>;

/**
 * Answers about a text that is sent whole, or as a change of one that was answered for. Undefined
 * for parameters that make no sense and for a text that has no tree.
 */
export async function textSyntax(
  unchecked: unknown,
  source: TextSyntax,
  known: KnownTexts,
): Promise<Answer | undefined> {
  const whole = textParams(unchecked);
  if (whole !== undefined) return answerFor(whole, source, known);
  const change = changedTextParams(unchecked);
  if (change === undefined) return undefined;
  const base = known.get(change.base);
  if (base === undefined) return { kind: "forgotten" };
  const text = textAfter(base.text, change);
  const found = await answerFor({ languageId: base.languageId, text }, source, known);
  return found && { ...found, outline: keptSymbols(base.outline, found.outline, change) };
}

/**
 * The outline of a text as runs of the one that the client has; whole where that is not known here,
 * or has become another text.
 */
export function outlineSince(
  since: ChangedTextParams | undefined,
  { languageId, text, outline }: KnownText,
  known: KnownTexts,
): readonly (SymbolInfo | KeptSymbols)[] {
  const base = since && known.get(since.base);
  return since !== undefined && base?.languageId === languageId && becomes(base.text, since, text)
    ? keptSymbols(base.outline, outline, since)
    : outline;
}

/**
 * Whether the change makes one text of the other. Nothing is put together for it: the texts may be
 * long.
 */
function becomes(
  before: string,
  { start, end, inserted }: ChangedTextParams,
  text: string,
): boolean {
  return (
    end <= before.length &&
    text.length === before.length - (end - start) + inserted.length &&
    text.startsWith(before.slice(0, start)) &&
    text.startsWith(inserted, start) &&
    text.endsWith(before.slice(end))
  );
}

function textAfter(before: string, { start, end, inserted }: ChangedTextParams): string {
  return before.slice(0, start) + inserted + before.slice(end);
}

async function answerFor({ languageId, text }: TextParams, source: TextSyntax, known: KnownTexts) {
  const outline = await source.outline(languageId, text);
  const check = await source.check(languageId, text);
  if (outline === undefined) return undefined;
  const id = known.remember({ languageId, text, outline });
  const answer = { kind: "known", text: id, outline } as const;
  return check === undefined ? answer : { ...answer, errors: check.errors };
}
