import { parsedObject } from "../../base/guards";
import { shortened } from "../../base/text/shortened";
import type { CheckCase, CheckSaid } from "../../protocol/checks";
import { plainText } from "../process/plain-output";
import type { ProgramEnd } from "../process/run-program";

const mostCharacters = 400;

/**
 * What a runner's lines come to. A run that ended before its last line tells nothing about what it
 * had not come to.
 * @param mark what the runner's own lines begin with
 */
export function exampleSaid(end: ProgramEnd, mark: string): CheckSaid {
  const cases: CheckCase[] = [];
  let broken: string | undefined;
  let isWhole = false;
  let isLoaded = true;
  for (const told of runnerLines(end, mark)) {
    if (told["kind"] === "end") isWhole = true;
    if (told["kind"] === "unloaded") {
      isWhole = true;
      isLoaded = false;
      broken = `The file could not be loaded: ${short(told["got"]) ?? "no reason was given"}`;
    }
    const found = told["kind"] === "case" ? caseOf(told) : undefined;
    if (found !== undefined) cases.push(found);
  }
  const output = end.output
    .split("\n")
    .filter((line) => !line.startsWith(mark))
    .join("\n")
    .trim();
  if (!isWhole) broken = earlyEnd(end);
  const said = { cases, output, tookMs: Math.round(end.tookMs) };
  if (broken === undefined) return said;
  return isLoaded ? { ...said, broken } : { ...said, broken, unloaded: true };
}

/** What a runner said on its own lines. */
export function runnerLines(
  { stdout }: ProgramEnd,
  mark: string,
): readonly Readonly<Record<string, unknown>>[] {
  const lines = stdout.split("\n").filter((line) => line.startsWith(mark));
  return lines.map((line) => parsedObject(line.slice(mark.length)) ?? {});
}

/** Why a runner did not come to its last line, as a sentence. */
export function earlyEnd({ kind, why, code }: ProgramEnd): string {
  if (kind === "missing") return "The program that runs them is not there.";
  return why ?? `It ended early, with code ${code ?? "none"}.`;
}

function caseOf(told: Readonly<Record<string, unknown>>): CheckCase | undefined {
  const { name, state } = told;
  if (typeof name !== "string") return undefined;
  if (state !== "passed" && state !== "failed" && state !== "broken") return undefined;
  const expected = short(told["expected"]);
  const got = short(told["got"]);
  return {
    name: short(name) ?? name,
    state,
    ...(expected === undefined ? {} : { expected }),
    ...(got === undefined ? {} : { got }),
  };
}

function short(text: unknown): string | undefined {
  if (typeof text !== "string") return undefined;
  return shortened(plainText(text), mostCharacters);
}
