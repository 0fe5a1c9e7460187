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

/** How a whole file is shown: in a fence, or as the makers of R1 hand it one. */
export type FileForm = "fence" | "r1";

/**
 * A whole file as the makers of R1 hand it one; undefined for one that holds the marks itself.
 */
export function fileInMarks(path: string, text: string): string | undefined {
  if (text.includes("[file content ")) return undefined;
  return `[file name]: ${path}\n[file content begin]\n${text}\n[file content end]`;
}
