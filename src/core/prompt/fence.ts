const tags: Readonly<Record<string, string>> = {
  typescriptreact: "tsx",
  javascriptreact: "jsx",
  shellscript: "bash",
  csharp: "csharp",
  plaintext: "text",
};

/** The name models know a language by, behind the opening fence. */
export function fenceTag(languageId: string): string {
  return tags[languageId] ?? languageId;
}

/** Wraps code in a fence that is longer than any run of backticks inside it, so that code holding fences stays one block. */
export function fenced(languageId: string, code: string): string {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${fenceTag(languageId)}\n${code}\n${fence}`;
}
