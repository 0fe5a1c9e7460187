import { firstLine } from "../base/text/lines";
import type { Check, CheckCase, CheckName, CheckSaid } from "../protocol/checks";
import type { Diagnostic } from "../protocol/document";

/** A file with the problems that a language's service names in it. */
export interface FileProblems {
  /** Relative, as it is shown. */
  readonly path: string;
  readonly problems: readonly Diagnostic[];
}

export const problemsName: CheckName = {
  id: "problems",
  kind: "problems",
  label: "the problems that the editor shows",
};

/**
 * What the services say of the files an edit changed, before it and after. @param after absent:
 * they said nothing in time.
 */
export function problemsCheck(
  before: readonly FileProblems[],
  after: readonly FileProblems[] | undefined,
  tookMs: number,
): Check {
  return {
    ...problemsName,
    before: saidOf(before, 0),
    after: after === undefined ? silent(tookMs) : saidOf(after, tookMs),
  };
}

function silent(tookMs: number): CheckSaid {
  const broken = "The language's service said nothing of the edit in time.";
  return { cases: [], output: "", tookMs, broken };
}

/**
 * A problem is a case that fails. An edit moves lines, so that a problem is known by its words; the
 * second of the same words in a file is another one.
 */
export function saidOf(files: readonly FileProblems[], tookMs: number): CheckSaid {
  const cases: CheckCase[] = [];
  for (const { path, problems } of files) {
    const seen = new Map<string, number>();
    for (const { message, source, code, range } of problems.filter(isProblem)) {
      const name = `${firstLine(message)}${origin(source, code)}`;
      const time = (seen.get(name) ?? 0) + 1;
      seen.set(name, time);
      cases.push({
        name: `${path}: ${name}${time === 1 ? "" : ` #${time}`}`,
        state: "failed",
        at: `${path}:${range.start.line + 1}`,
      });
    }
  }
  return { cases, output: "", tookMs };
}

/**
 * What a service says of a file as proposed, before anybody has accepted it. A new warning is shown
 * after that, and a right edit is not asked for again because of it; what nobody asked about is
 * beside. @param problems undefined: the service said nothing in time.
 */
export function saidOfCopy(
  path: string,
  problems: readonly Diagnostic[] | undefined,
  asked: readonly Diagnostic[],
  tookMs: number,
): CheckSaid {
  if (problems === undefined) return silent(tookMs);
  const messages = new Set(asked.map(({ message }) => message));
  const counting = problems.filter(
    ({ severity, message }) => severity === "error" || messages.has(message),
  );
  const { cases, ...rest } = saidOf([{ path, problems: counting }], tookMs);
  const isAsked = (name: string): boolean =>
    [...messages].some((message) => name.includes(firstLine(message)));
  return {
    ...rest,
    cases: cases.map((each) => (isAsked(each.name) ? each : { ...each, beside: true })),
  };
}

/** The first problem of a file whose case has one of these names. */
export function problemNamed(
  { path, problems }: FileProblems,
  names: ReadonlySet<string>,
): Diagnostic | undefined {
  return problems.find((problem) =>
    saidOf([{ path, problems: [problem] }], 0).cases.some(({ name }) => names.has(name)),
  );
}

/** What is only a hint is no problem. */
export function isProblem({ severity }: Diagnostic): boolean {
  return severity === "error" || severity === "warning";
}

function origin(source: string | undefined, code: string | undefined): string {
  const words = [source, code].filter((word) => word !== undefined && word !== "");
  return words.length === 0 ? "" : ` (${words.join(" ")})`;
}
