/** One way of asking: what is compared with another. */
export interface Variant {
  /** As it was written; "default" for none. */
  readonly name: string;
  /** For `npm run fix`. */
  readonly words: readonly string[];
  /** The tests stand in the project, as they do where somebody wrote them before the fix. */
  readonly showsTests: boolean;
  /** The model reads what the person would say of the bug. */
  readonly tellsTitle: boolean;
}

export const plainVariant: Variant = {
  name: "default",
  words: [],
  showsTests: false,
  tellsTitle: false,
};

/**
 * Reads a variant: `context=one-file` or `context=pieces` or `context=TOKENS`, `checks=off|auto`,
 * `tries=N`, `seconds=N`, `tests=hidden|shown`, `told=nothing|title`, several with commas between. @returns a sentence
 * that says what is wrong with it.
 */
export function parseVariant(text: string): Variant | string {
  if (text === "default") return plainVariant;
  const words: string[] = [];
  const limits: string[] = [];
  let showsTests = false;
  let tellsTitle = false;
  let checks = false;
  for (const part of text.split(",")) {
    const [key = "", value = ""] = part.split("=");
    const isCount = /^\d{1,6}$/.test(value);
    if (key === "context" && value === "one-file") words.push("--context", "0");
    else if (key === "context" && isCount) words.push("--context", value);
    else if (key === "context" && value === "pieces") continue;
    else if (key === "checks" && value === "auto") checks = true;
    else if (key === "checks" && value === "off") continue;
    else if ((key === "tries" || key === "seconds") && isCount) limits.push(`--${key}`, value);
    else if (key === "tests" && (value === "shown" || value === "hidden"))
      showsTests = value === "shown";
    else if (key === "told" && (value === "title" || value === "nothing"))
      tellsTitle = value === "title";
    else return `"${part}" is no variant`;
  }
  if (limits.length > 0 && !checks) return "tries and seconds need checks=auto";
  if (checks) words.push("--check", "auto", ...limits);
  return { name: text, words, showsTests, tellsTitle };
}
