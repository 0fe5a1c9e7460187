/** Without the marks around it. */
export function wordsOf(line: string): string {
  let start = 0;
  let end = line.length;
  while (start < end && /[\s/*#!;%<>'"-]/.test(line.charAt(start))) start++;
  while (end > start && /[\s/*'">-]/.test(line.charAt(end - 1))) end--;
  return line.slice(start, end);
}

const remark =
  /^(?:fix(?:ed)?|correct(?:ed)?|updat(?:ed)?|chang(?:ed|e)?|modified|new|added|here|note|refactor(?:ed)?|improved)\b/i;

/** For the person, and not for the reader of the file: `# Fixed: ...`. */
export function isRemark(line: string): boolean {
  return remark.test(wordsOf(line));
}
