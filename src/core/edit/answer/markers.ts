import { limits } from "../limits";

/** Models get the marks wrong in length, case and word. */
export type Marker =
  | "open"
  | "divider"
  | "weakDivider"
  | "base"
  | "replaceOpen"
  /** Begins the new half, or is the end turned round. */
  | "replaceTurned"
  | "close"
  | "searchClose";

const oldWords = "SEARCH|ORIGINAL|HEAD|OLD|BEFORE|FIND|CURRENT";
const newWords = "REPLACE(?:MENT)?|UPDATED?|NEW|AFTER|END|MODIFIED";
const open = new RegExp(
  `^\\s{0,8}(?:[>*\`]+\\s*)?(?:(?:<{3,}|-{5,})\\s*(?:${oldWords})|-{3,4} SEARCH)\\b` +
    "(?:[\\s:>`*<-]|$)(.*)$",
  "i",
);
const bareOpen = /^\s{0,8}<{5,}$/;
const behindReplace = `\\s*(?:${newWords}|WITH)\\b[\\s:>\`*=-]*$`;
const replaceOpen = new RegExp(`^\\s{0,8}(?:={3,}|-{5,})${behindReplace}`, "i");
const replaceTurned = new RegExp(`^\\s{0,8}<{3,}${behindReplace}`, "i");
const close = new RegExp(
  `^\\s{0,8}(?:(?:>{3,}|\\+{5,}|<{3,}/)\\s*(?:${newWords})\\b.*|\\+{3,4} REPLACE)$`,
  "i",
);
const bareClose = /^\s{0,8}>{5,}\s*[\w./-]*$/;
const searchClose = new RegExp(`^\\s{0,8}>{3,}\\s*(?:${oldWords})$`, "i");
const weakDivider = /^\s{0,8}(?:-{5,}|={7}\s+[^\s=].*)$/;
const base = /^\|{7}(?:\s.*)?$/;

export function markerOf(line: string): Marker | undefined {
  const first = line.trimStart().charAt(0);
  if (first === "" || !"<>=-+|*`".includes(first) || line.length > limits.mark) return undefined;
  const text = line.trimEnd();
  if (open.test(text) || bareOpen.test(text)) return "open";
  if (replaceOpen.test(text)) return "replaceOpen";
  if (replaceTurned.test(text)) return "replaceTurned";
  if (searchClose.test(text)) return "searchClose";
  if (close.test(text) || bareClose.test(text)) return "close";
  if (isDivider(text)) return "divider";
  if (weakDivider.test(text)) return "weakDivider";
  if (base.test(text)) return "base";
  return undefined;
}

export function isDivider(line: string): boolean {
  return /^\s{0,8}={3,}\s*$/.test(line);
}

export function openerTail(line: string): string {
  return (open.exec(line)?.[1] ?? "").trim();
}
