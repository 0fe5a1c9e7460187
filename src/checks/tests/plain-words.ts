// A task of the editor is a line for a shell, or words for a program. Only what means the same
// without a shell can be run.

const shellSigns = /[|&;<>()$`\\"'*?[\]#~%{}\n]/;

/** The words of a line; undefined where a shell would make something else of it. */
export function wordsOfLine(line: string): readonly string[] | undefined {
  return shellSigns.test(line) ? undefined : line.trim().split(/\s+/);
}

/** A command and its arguments; undefined where a shell would make something else of them. */
export function wordsOfCommand(
  command: string,
  args: readonly string[],
): readonly string[] | undefined {
  const words = [command, ...args];
  // A command with words in it is a line for a shell.
  return /\s/.test(command) || words.some((word) => shellSigns.test(word)) ? undefined : words;
}

/** The words of a program that no shell reads; undefined where the editor would put something in. */
export function wordsOfProgram(words: readonly string[]): readonly string[] | undefined {
  return words.some(hasVariables) ? undefined : words;
}

/** Whether the editor would put something in first: `${file}`. */
export function hasVariables(word: string): boolean {
  return word.includes("${");
}
