import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Texts } from "../../src/base/l10n";

/** The texts of a language that ships. */
export function textsOf(language: string): Texts {
  const file = join(import.meta.dirname, `../../l10n/bundle.l10n.${language}.json`);
  return JSON.parse(readFileSync(file, "utf8"));
}
