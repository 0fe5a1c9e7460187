export function trimmed(lines: readonly string[]): readonly string[] {
  const says = (line: string): boolean => line.trim() !== "";
  return lines.slice(Math.max(0, lines.findIndex(says)), lines.findLastIndex(says) + 1);
}
