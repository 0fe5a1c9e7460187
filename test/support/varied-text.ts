import { randomNumbers } from "./random-numbers";

const syllables = "ba ce di fo gu la me ni po ru sa te vi wo zu kra ble tri sno flu".split(" ");

/**
 * A text that goes on for as many words and never goes round in circles, so that nothing but the
 * test ends what a model writes.
 */
export function variedText(words: number): string {
  const random = randomNumbers(words);
  const word = (): string =>
    Array.from({ length: 1 + random(4) }, () => syllables[random(syllables.length)]).join("");
  let text = "";
  for (let at = 1; at <= words; at++)
    text += word() + (at % 90 === 0 ? ".\n\n" : at % 11 === 0 ? ". " : " ");
  return text;
}
