import { readFileSync } from "node:fs";
import { join } from "node:path";
import { useLanguage } from "../base/l10n";

/**
 * Says everything in the language of the person's terminal, where there are texts of it in the
 * folder; else in English.
 */
export function speakAsTerminal(
  environment: Readonly<Record<string, string | undefined>>,
  folder: string,
): void {
  const language = terminalLanguage(environment);
  if (language === undefined || language === "en") return;
  try {
    const file = join(folder, `bundle.l10n.${language}.json`);
    useLanguage(language, JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // There are no texts of most languages, and English is what everybody has.
  }
}

/**
 * "fr" for `LC_ALL=fr_FR.UTF-8`, by the order in which programs look; undefined where the terminal
 * names none.
 */
export function terminalLanguage({
  LC_ALL,
  LC_MESSAGES,
  LANG,
}: Readonly<Record<string, string | undefined>>): string | undefined {
  return /^[a-z]{2,3}(?![a-z])/.exec(LC_ALL || LC_MESSAGES || LANG || "")?.[0];
}
