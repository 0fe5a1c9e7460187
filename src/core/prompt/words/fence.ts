import { languageById } from "../../../base/languages/languages";

/** The name models know a language by, behind the opening fence. */
export function fenceTag(languageId: string): string {
  return languageById(languageId)?.fence ?? languageId;
}

/**
 * Wraps code in a fence that is longer than any run of backticks inside it, so that code holding
 * fences stays one block.
 */
export function fenced(languageId: string, code: string): string {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${fenceTag(languageId)}\n${code}\n${fence}`;
}
