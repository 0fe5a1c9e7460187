import { languageFacts } from "../../../base/languages/languages";
import { limits } from "../limits";
import { Snapshot } from "./snapshot";
import { type SourceLines, splitSource } from "./source-lines";

export interface IndexedText {
  readonly source: SourceLines;
  readonly snapshot: Snapshot;
}

const kept: { text: string; languageId: string; indexed: IndexedText }[] = [];

/** The last few are kept: blocks, preview and answers asked for again share one. */
export function indexText(text: string, languageId: string): IndexedText {
  const at = kept.findIndex((one) => one.languageId === languageId && one.text === text);
  const [known] = at >= 0 ? kept.splice(at, 1) : [];
  const source = known?.indexed.source ?? splitSource(text);
  const indexed = known?.indexed ?? {
    source,
    snapshot: new Snapshot(source.lines, languageFacts(languageId)),
  };
  kept.unshift({ text, languageId, indexed });
  let characters = 0;
  const stop = kept.findIndex((one, index) => {
    characters += one.text.length;
    return index > 0 && characters > limits.indexedCharacters;
  });
  kept.length = Math.min(kept.length, limits.indexedTexts, stop < 0 ? limits.indexedTexts : stop);
  return indexed;
}
