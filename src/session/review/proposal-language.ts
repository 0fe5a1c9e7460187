import { fetchedAddresses } from "../../base/guard/guarded-change";
import { plainTextId } from "../../base/languages/plain-text-id";
import type { FileProposal } from "../../protocol/proposal";

/**
 * What a language is shown as by the table of languages, which a window that opens does not read.
 */
let quietAs: ((file: FileProposal) => string | undefined) | undefined;

/**
 * To be awaited before any proposal is known: until then each is shown as plain text, which fetches
 * nothing either.
 */
export async function loadQuietLanguages(): Promise<void> {
  const [{ languageById }, { languageOf }] = await Promise.all([
    import("../../base/languages/languages"),
    import("../../base/languages/language-of-file"),
  ]);
  quietAs = ({ languageId, path, proposed }) =>
    // A new file of which nobody has said what it is will be what its name says.
    languageById(languageId === plainTextId ? languageOf(path, proposed) : languageId)?.quietAs;
}

/**
 * The language that a proposal is shown in instead of its own, so that nothing is fetched before it
 * is accepted; undefined where its own language fetches nothing.
 */
export function quietLanguage(file: FileProposal): string | undefined {
  if (quietAs === undefined) return plainTextId;
  // The person may have given any name to any of those languages.
  return quietAs(file) ?? (fetchedAddresses(file.proposed).length > 0 ? plainTextId : undefined);
}
