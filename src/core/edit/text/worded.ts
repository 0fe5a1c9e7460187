/** The lines that say something in words, each without the blanks at its sides. */
export function worded(lines: readonly string[]): string[] {
  return lines.map((line) => line.trim()).filter((line) => /\w/.test(line));
}
