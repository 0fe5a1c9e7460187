import type { Texts } from "../base/l10n";

/**
 * The texts of the person's language that the page brought along; undefined when that is English.
 */
export function shippedTexts(): Texts | undefined {
  const json = document.getElementById("texts")?.textContent;
  return json === undefined || json === null ? undefined : JSON.parse(json);
}
