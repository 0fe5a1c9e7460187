import { fetchedAddresses } from "../../base/guard/guarded-change";
import { plainText } from "../../base/languages/known/plain-text";
import { languageOf } from "../../base/languages/language-of-file";
import { languageById } from "../../base/languages/languages";
import type { FileProposal } from "../../protocol/proposal";

/**
 * The language that a proposal is shown in instead of its own, so that nothing is fetched before it is accepted; undefined where its own
 * language fetches nothing.
 */
export function quietLanguage({ languageId, path, proposed }: FileProposal): string | undefined {
  // A new file of which nobody has said what it is will be what its name says.
  const id = languageId === plainText.id ? languageOf(path, proposed) : languageId;
  const quiet = languageById(id)?.quietAs;
  if (quiet !== undefined) return quiet;
  // The person may have given any name to any of those languages.
  return fetchedAddresses(proposed).length > 0 ? plainText.id : undefined;
}
