/**
 * Characters that a person does not see and a model reads: without width, turning the direction of writing, tags, controls. A tab and a
 * line end are none.
 */
const hidden = /(?![\t\n\r])[\p{Cc}\p{Cf}\u115F\u1160\u3164\uFFA0]/gu;

/** `a\u{200B}b` as it is written here, where a text holds what cannot be seen. */
export function visibleText(text: string): string {
  return text.replace(
    hidden,
    (character) => `\\u{${character.codePointAt(0)?.toString(16).toUpperCase() ?? ""}}`,
  );
}

export function hiddenCharacters(text: string): number {
  return text.match(hidden)?.length ?? 0;
}
