/** What a line is to a SEARCH/REPLACE block. Models get the marks wrong in length, case and word. */
export type Marker = "open" | "divider" | "weakDivider" | "base" | "replaceOpen" | "close" | "searchClose";

const oldWords = "SEARCH|ORIGINAL|HEAD|OLD|BEFORE|FIND|CURRENT";
const newWords = "REPLACE(?:MENT)?|UPDATED?|NEW|AFTER|END|MODIFIED";
const open = new RegExp(`^\\s{0,8}(?:[>*\`]+\\s*)?(?:(?:<{3,}|-{5,})\\s*(?:${oldWords})|-{3,4} SEARCH)\\b(?:[\\s:>\`*<-]|$)(.*)$`, "i");
const bareOpen = /^\s{0,8}<{5,}\s*$/;
const replaceOpen = new RegExp(`^\\s{0,8}(?:<{3,}|={3,}|-{5,})\\s*(?:${newWords}|WITH)\\b[\\s:>\`*=-]*$`, "i");
const close = new RegExp(`^\\s{0,8}(?:(?:>{3,}|\\+{5,}|<{3,}/)\\s*(?:${newWords})\\b.*|\\+{3,4} REPLACE\\s*)$`, "i");
const bareClose = /^\s{0,8}>{5,}(?:\s*[\w./-]*)?\s*$/;
const searchClose = new RegExp(`^\\s{0,8}>{3,}\\s*(?:${oldWords})\\b\\s*$`, "i");

export function markerOf(line: string): Marker | undefined {
  const first = line.trimStart()[0] ?? "";
  if (!"<>=-+|*`".includes(first) || first === "") return undefined;
  if (open.test(line) || bareOpen.test(line)) return "open";
  if (replaceOpen.test(line)) return "replaceOpen";
  if (searchClose.test(line)) return "searchClose";
  if (close.test(line) || bareClose.test(line)) return "close";
  if (isDivider(line)) return "divider";
  if (/^\s{0,8}-{5,}\s*$/.test(line)) return "weakDivider";
  if (/^\|{7}(?:\s.*)?$/.test(line)) return "base";
  return undefined;
}

/** A line of nothing but equals signs. */
export function isDivider(line: string): boolean {
  return /^\s{0,8}={3,}\s*$/.test(line);
}

/** What stands behind an opening mark: a path, or nothing. */
export function openerTail(line: string): string {
  return (open.exec(line)?.[1] ?? "").trim();
}
