import { plainTextId } from "../../base/languages/plain-text-id";
import type { FileProposal } from "../../protocol/proposal";

/** What a proposal is shown as; a window that opens reads neither languages nor guards. */
let quietAs: ((file: FileProposal) => string | undefined) | undefined;

/**
 * To be awaited before any proposal is known: until then each is shown as plain text, which fetches
 * nothing either.
 */
export async function loadQuietLanguages(): Promise<void> {
  const [{ languageById }, { languageOf }, { fetchedAddresses }] = await Promise.all([
    import("../../base/languages/languages"),
    import("../../base/languages/language-of-file"),
    import("../../base/guard/guarded-change"),
  ]);
  quietAs = ({ languageId, path, proposed }) => {
    // A new file of which nobody has said what it is will be what its name says.
    const language = languageById(
      languageId === plainTextId ? languageOf(path, proposed) : languageId,
    );
    // The person may have given any name to any of those languages.
    return language?.quietAs ?? (fetchedAddresses(proposed).length > 0 ? plainTextId : undefined);
  };
}

/**
 * The language that a proposal is shown in instead of its own, so that nothing is fetched before it
 * is accepted; undefined where its own language fetches nothing.
 */
export function quietLanguage(file: FileProposal): string | undefined {
  return quietAs === undefined ? plainTextId : quietAs(file);
}
