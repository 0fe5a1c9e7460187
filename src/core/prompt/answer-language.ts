const languageTag = /^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i;
/** A name goes into the prompt as it is, so it has to be one. */
const languageName = /^\p{L}[\p{L} ()-]{0,39}$/u;

/**
 * The language to ask for answers in, by its English name; undefined for English, which needs no
 * asking.
 * @param wish what the person set: a tag such as "fr" or a name; where it is empty or neither, the
 * display language counts.
 */
export function answerLanguage(wish: string, displayLanguage: string): string | undefined {
  const language = nameOf(wish.trim()) ?? nameOf(displayLanguage);
  return language === undefined || /\benglish\b/i.test(language) ? undefined : language;
}

function nameOf(language: string): string | undefined {
  if (!languageTag.test(language)) return languageName.test(language) ? language : undefined;
  try {
    return new Intl.DisplayNames("en", { type: "language", fallback: "none" }).of(language);
  } catch {
    // It looks like a tag, but is none: fr-12.
    return undefined;
  }
}
