import type { LanguageFacts } from "../../../../base/languages/language";
import { isElision } from "../../answer/elision";
import { canonicalLine } from "../../text/canonical-line";
import { isAttribute } from "../../text/lines";
import type { ScannedLine } from "../../text/scan-line";
import { scanOf } from "../../text/scan-lines";
import { isImport } from "../added/import-lines";
import type { Declaration } from "../declarations";

/** What a line is for. `elision`: it stands for code that the answer left out. */
export type Role = "blank" | "comment" | "attribute" | "import" | "code" | "elision";

export interface Side {
  readonly lines: readonly string[];
  readonly scan: readonly ScannedLine[];
  readonly roles: readonly Role[];
  readonly leavesOut: boolean;
  /** Two lines with one key are one line, whatever their layout. Empty for blank lines. */
  readonly keys: readonly string[];
  /** Number of the block comment or docstring that a line belongs to; -1 for every other line. */
  readonly units: readonly number[];
  readonly declarations: readonly Declaration[];
  readonly facts: LanguageFacts;
}

/** @param isReal a line that looks like an elision is code, because the file holds it too */
export function sideOf(
  lines: readonly string[],
  facts: LanguageFacts,
  declarations: readonly Declaration[],
  isReal: (line: string) => boolean = () => true,
): Side {
  const scan = scanOf(lines, facts);
  const roles: Role[] = [];
  const keys: string[] = [];
  const units: number[] = [];
  let unit = -1;
  let open: "attribute" | "import" | undefined;
  for (const [at, line] of lines.entries()) {
    const scanned = scan[at];
    const goesOn = (scanned?.depth ?? 0) > 0 || scanned?.inside === true;
    if (!goesOn) open = undefined;
    const role = roleOf(line, scanned, facts, isReal, open);
    if (role === "attribute" || role === "import") open = role;
    roles.push(role);
    keys.push(keyOf(line, scanned, role, at));
    const isBlock =
      role === "comment" &&
      (scanned?.docstring === true || scanned?.inside === true || opensBlock(line, facts));
    if (isBlock && scanned?.inside !== true) unit++;
    units.push(
      isBlock || (scanned?.inside === true && scanned.kind !== "code") ? Math.max(0, unit) : -1,
    );
  }
  return {
    lines,
    scan,
    roles,
    leavesOut: roles.includes("elision"),
    keys,
    units,
    declarations,
    facts,
  };
}

function roleOf(
  line: string,
  scanned: ScannedLine | undefined,
  facts: LanguageFacts,
  isReal: (line: string) => boolean,
  open: "attribute" | "import" | undefined,
): Role {
  if (scanned?.inside !== true) {
    if (isElision(line) && !isReal(line)) return "elision";
    if (line.trim() === "") return "blank";
  }
  if (scanned?.kind !== "code") return "comment";
  if (open !== undefined) return open;
  if (isAttribute(line)) return "attribute";
  return isImport(line, facts) ? "import" : "code";
}

function keyOf(line: string, scanned: ScannedLine | undefined, role: Role, at: number): string {
  switch (role) {
    case "blank":
      return "";
    case "elision":
      return `\u0000${at}`;
    case "comment":
      return canonicalLine(line) || `\u0001${line.trim()}`;
    default:
      return (
        canonicalLine(line.slice(0, scanned?.commentAt ?? line.length)) || `\u0002${line.trim()}`
      );
  }
}

function opensBlock(line: string, facts: LanguageFacts): boolean {
  return facts.blockComment !== undefined && line.trimStart().startsWith(facts.blockComment[0]);
}

export function isCode(role: Role | undefined): boolean {
  return role === "code" || role === "import" || role === "attribute";
}

export function isStatement({ roles }: Pick<Side, "roles">, line: number): boolean {
  return roles[line] === "code" || roles[line] === "import";
}

export function saidIn(side: Side, { start, end }: { start: number; end: number }): number[] {
  const lines: number[] = [];
  for (let at = start; at < end; at++) if (side.roles[at] !== "blank") lines.push(at);
  return lines;
}

export function leadStart(
  { roles }: Pick<Side, "roles">,
  { start, end }: { start: number; end: number },
): number {
  let at = end;
  while (at > start && (roles[at - 1] === "comment" || roles[at - 1] === "attribute")) at--;
  return at;
}
