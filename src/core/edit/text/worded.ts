export function worded(lines: readonly string[]): string[] {
  return lines.map((line) => line.trim()).filter((line) => /\w/.test(line));
}
