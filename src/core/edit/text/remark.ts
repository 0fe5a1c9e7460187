/** What a comment says, without the marks around it. */
export function wordsOf(line: string): string {
  let start = 0;
  let end = line.length;
  while (start < end && /[\s/*#!;%<>'"-]/.test(line[start] ?? "")) start++;
  while (end > start && /[\s/*'">-]/.test(line[end - 1] ?? "")) end--;
  return line.slice(start, end);
}

const remark =
  /^(?:fix(?:ed)?|correct(?:ed)?|updat(?:ed)?|chang(?:ed|e)?|modified|new|added|here|note|refactor(?:ed)?|improved)\b/i;

/**
 * Whether a comment tells the person what was done, and not the reader of the file what the code
 * does: `# Fixed: ...`.
 */
export function isRemark(line: string): boolean {
  return remark.test(wordsOf(line));
}
