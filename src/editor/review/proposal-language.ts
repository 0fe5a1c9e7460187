import { fetchedAddresses } from "../../base/guard/guarded-change";
import type { FileProposal } from "../../protocol/proposal";

/**
 * Languages whose services fetch what a document names, its schema above all, as soon as it is open; and what a proposal in them is shown
 * as. The colours are the same, and no service knows the names.
 */
const quiet: Readonly<Record<string, string>> = {
  json: "thinkaloud-json",
  jsonc: "thinkaloud-json",
  jsonl: "thinkaloud-json",
  json5: "thinkaloud-json",
  snippets: "thinkaloud-json",
  yaml: "thinkaloud-yaml",
  dockercompose: "thinkaloud-yaml",
  "azure-pipelines": "thinkaloud-yaml",
  "github-actions-workflow": "thinkaloud-yaml",
  xml: "thinkaloud-xml",
  xsl: "thinkaloud-xml",
  toml: "plaintext",
};

/** By the end of a file's name, where the file is new and nobody has said what it is. */
const endings: readonly (readonly [ending: RegExp, language: string])[] = [
  [/\.(?:json[c5l]?|code-\w+|webmanifest|geojson|har|map|avsc|ipynb|babelrc|\w+rc)$/i, "json"],
  [/\.(?:ya?ml)$/i, "yaml"],
  [/\.(?:xml|xs[dl]t?|svg|\w+proj|plist|wsdl|dtd|rng)$/i, "xml"],
  [/\.toml$/i, "toml"],
];

/**
 * The language that a proposal is shown in instead of its own, so that nothing is fetched before it is accepted; undefined where its own
 * language fetches nothing.
 */
export function quietLanguage({ languageId, path, proposed }: FileProposal): string | undefined {
  const own = quiet[languageId];
  if (own !== undefined) return own;
  const byEnding = endings.find(([ending]) => ending.test(path))?.[1];
  // A file of a language that is known keeps it, whatever its name.
  if (byEnding !== undefined && languageId === "plaintext") return quiet[byEnding];
  // The person may have given any name to any of those languages.
  return fetchedAddresses(proposed).length > 0 ? "plaintext" : undefined;
}
