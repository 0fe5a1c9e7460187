import { languageFacts } from "../../../base/languages/languages";
import { Lines } from "../../../base/text/lines";
import { limits } from "../limits";
import { Snapshot } from "./snapshot";

const kept: { text: string; languageId: string; indexed: Snapshot }[] = [];

/** The last few are kept: blocks, preview and answers asked for again share one. */
export function indexText(text: string, languageId: string): Snapshot {
  const at = kept.findIndex((one) => one.languageId === languageId && one.text === text);
  const [known] = at >= 0 ? kept.splice(at, 1) : [];
  const indexed = known?.indexed ?? new Snapshot(Lines.of(text), languageFacts(languageId));
  kept.unshift({ text, languageId, indexed });
  let characters = 0;
  const stop = kept.findIndex((one, index) => {
    characters += one.text.length;
    return index > 0 && characters > limits.indexedCharacters;
  });
  kept.length = Math.min(kept.length, limits.indexedTexts, stop < 0 ? limits.indexedTexts : stop);
  return indexed;
}
