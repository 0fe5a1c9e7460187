import type { LanguageFacts } from "../../../base/languages/language";
import { lineAt } from "../../../base/text/lines";
import { limits } from "../limits";
import { indentOf } from "../text/indentation";
import { isAttribute } from "../text/lines";
import { maskAt, type ScannedLine } from "../text/scan-line";
import { scanLines } from "../text/scan-lines";
import { endByBrace, endOf, isClosed, isEnded } from "./declaration-end";
import { hasOwnBody, headOf, receiverOf } from "./declaration-head";

/** A named piece of code, in zero-based lines; `end` is behind its last line. */
export interface Declaration {
  readonly name: string;
  readonly kind: "callable" | "type";
  /** With its decorators and the comment above it. */
  readonly start: number;
  readonly end: number;
  /** The line that names it. */
  readonly head: number;
  /** Name of the type around it. */
  readonly container?: string;
  /** The type that a method of Go belongs to, which stands before its name. */
  readonly receiver?: string;
  /** A constant or the like: no code by itself. */
  readonly isValue?: true;
  /** Its braces do not close: it is only the beginning of one. */
  readonly isOpen?: true;
}

/** What tells declarations of one place apart. */
export function keyOf(one: Declaration): string {
  return `${one.kind} ${one.receiver ?? ""} ${one.name}`;
}

/** For code without a grammar, and for pieces that are no whole program. */
export function findDeclarations(
  lines: readonly string[],
  facts: LanguageFacts,
  scanned: readonly ScannedLine[] = scanLines(lines, facts),
): Declaration[] {
  if (facts.blocks === "none") return [];
  if (facts.selectors) return rulesIn(lines, scanned);
  const found: Declaration[] = [];
  const margins = new Set<string>();
  for (const [at, scan] of scanned.entries()) {
    // A list of arguments declares nothing; an object or a body in it does: `extend({`.
    if (scan.kind !== "code" || scan.inside) continue;
    const head = headOf(scan.mask, facts);
    // An unknown bracket is open for ever: a word at the margin, or as deep as others, declares.
    const isSibling = facts.blocks === "end" && margins.has(indentOf(lineAt(lines, at)));
    if (scan.inList && (!head?.isWord || (/^\s/.test(scan.mask) && !isSibling))) continue;
    if (!head || (head.loose && !hasOwnBody(scanned, at, facts))) continue;
    const end = endOf(lines, scanned, at, facts, head);
    if (end === undefined) continue;
    const top = head.loose ? typeAbove(lines, scanned, at, facts) : at;
    if (head.isWord) margins.add(indentOf(lineAt(lines, at)));
    const isOpen = end === lines.length && !isEnded(lines, scanned, at, facts);
    found.push({
      name: head.name,
      kind: head.kind,
      start: startOf(lines, scanned, top),
      end,
      head: top,
      ...receiverOf(scan.mask),
      ...(isOpen ? { isOpen } : {}),
    });
  }
  return withContainers(found);
}

/** The rules of a style sheet, by their selectors: `.open, .open:hover`. */
function rulesIn(lines: readonly string[], scanned: readonly ScannedLine[]): Declaration[] {
  const found: Declaration[] = [];
  let head: number | undefined;
  for (const [at, { kind, mask, inside }] of scanned.entries()) {
    if (kind !== "code" || inside) continue;
    const text = mask.trim();
    if (/[;}]$/.test(text) || text.startsWith("}")) head = undefined;
    else head ??= at;
    if (head === undefined || !text.endsWith("{")) continue;
    const end = endByBrace(scanned, head, true);
    const whole = lines
      .slice(head, at + 1)
      .map((line) => line.trim())
      .join(" ")
      .replace(/(?<!\s)\s*\{$/, "");
    const name = /^@(?:mixin|function)\s+[\w-]+/.exec(whole)?.[0] ?? whole;
    if (end !== undefined && /[\w&*:]/.test(name))
      found.push({
        name,
        kind: "type",
        start: startOf(lines, scanned, head),
        end,
        head,
        ...(end === lines.length && !isClosed(scanned, head, end) ? { isOpen: true } : {}),
      });
    head = undefined;
  }
  return withContainers(found);
}

/** `static struct node *`, `template <typename T>` */
const typeLine = /^(?:template\s*<.*>|(?!(?:else|do|try|return|default)\b)(?:[\w<>,*&\s[\]]|::)+)$/;

/** Stands above a head and says for which types it is: `template <class T>`, `requires A<T>`. */
const forTypes = /^(?:template\s*<[^;{]*>|requires\b[^;{]*)$/;

/** Up over the type that a function gives where it stands on a line of its own. */
function typeAbove(
  lines: readonly string[],
  scanned: readonly ScannedLine[],
  head: number,
  facts: LanguageFacts,
): number {
  const indent = indentOf(lineAt(lines, head));
  const isAlone = /^\s*~?[\w:]+\s*\(/.test(maskAt(scanned, head));
  const isType = (at: number): boolean =>
    scanned[at]?.kind === "code" &&
    typeLine.test(maskAt(scanned, at).trim()) &&
    indentOf(lineAt(lines, at)) === indent;
  let start = head;
  if (facts.regexLiterals || !isAlone) return start;
  while (head - start < 3 && isType(start - 1)) start--;
  return start;
}

/** Up over decorators, attributes and the comment right above. */
function startOf(lines: readonly string[], scanned: readonly ScannedLine[], head: number): number {
  let start = head;
  while (start > 0) {
    const above = scanned[start - 1];
    if (above?.docstring) break;
    // A decorator may go on over several lines: `@retry(`, `times=3,`, `)`, or with a text in it.
    let first = start - 1;
    const least = Math.max(0, start - limits.piece);
    const goesOn = (at: number): boolean =>
      (scanned[at]?.depth ?? 0) > 0 || scanned[at]?.inside === true;
    while (first > least && goesOn(first)) first--;
    const isHeadOfTypes = forTypes.test(maskAt(scanned, first).trim());
    if (isHeadOfTypes || isAttribute(lineAt(lines, first))) start = first;
    else if (above?.kind === "comment") start--;
    else break;
  }
  return start;
}

function withContainers(found: readonly Declaration[]): Declaration[] {
  const open: Declaration[] = [];
  return found.map((declaration) => {
    while (open.length > 0 && (open.at(-1)?.end ?? 0) <= declaration.head) open.pop();
    const container = open.findLast((outer) => outer.kind === "type");
    open.push(declaration);
    return container ? { ...declaration, container: container.name } : declaration;
  });
}
