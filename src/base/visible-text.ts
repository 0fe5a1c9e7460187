/**
 * Characters that a person does not see and a model reads: without width, turning the direction of
 * writing, tags, selectors of variants, controls. A tab and a line end are none, nor is what joins
 * or colours the pictures of an emoji.
 */
const hidden =
  /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}](?<!(?:\p{Emoji}|\u20E3)\u{FE0F}|\p{Extended_Pictographic}(?:\u{FE0F}|\p{Emoji_Modifier})?\u200D(?=\p{Extended_Pictographic}))/gu;

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
