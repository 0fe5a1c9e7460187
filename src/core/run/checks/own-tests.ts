import type { Check, CheckCase, CheckSaid } from "../../../protocol/checks";
import type { FileProposal, Proposal } from "../../../protocol/proposal";
import type { TestsTouched } from "./checker";

/*
 * An edit may change the tests that judge it: take out what fails, skip it, or expect what comes.
 * The tests of before it count.
 */

/** By the file's uri, what an edit changes of that by which it is judged. */
export type Touched = ReadonlyMap<string, TestsTouched>;

/** Whether an edit changes what is run, and not only what is documented. */
export function changesTests(files: readonly FileProposal[], touched: Touched): boolean {
  return files.some(({ uri, proposed }) => {
    const tests = touched.get(uri);
    return tests !== undefined && tests.text !== proposed;
  });
}

/** The edit with its tests as they were. */
export function withTestsOfBefore(
  files: readonly FileProposal[],
  touched: Touched,
): readonly FileProposal[] {
  return files.flatMap((file) => {
    const tests = touched.get(file.uri);
    if (tests === undefined) return file;
    return tests.text === undefined ? [] : { ...file, proposed: tests.text };
  });
}

/**
 * A check of an edit that changes tests, from both sides: what fails with the tests of before
 * fails, whatever the edit makes of the test, and what fails with the edit's own tests fails too.
 *
 * @param check with the tests as they were.
 * @param own what came with the edit's own tests.
 * @param isAsked the person asked for another test: what passes only in the new one tells nothing
 * then.
 */
export function judgedByBoth(check: Check, own: CheckSaid, isAsked: boolean): Check {
  const { before, after } = check;
  if (before === undefined || after === undefined) return check;
  const old = new Map(after.cases.map((each) => [each.name, each]));
  const now = new Map(own.cases.map((each) => [each.name, each]));
  const known = new Set([...before.cases, ...after.cases].map(({ name }) => name));
  if (!isAsked) {
    const cases = after.cases.map((each) => {
      const its = now.get(each.name);
      return each.state === "passed" && its?.state === "failed" ? its : each;
    });
    return { ...check, after: { ...after, cases: [...cases, ...newOnes(own, known)] } };
  }
  const isUntold = ({ name }: CheckCase): boolean =>
    old.get(name)?.state !== "passed" && now.get(name)?.state !== "failed";
  const untold = new Set(before.cases.filter(isUntold).map(({ name }) => name));
  const gone = before.cases.filter(({ name }) => !now.has(name));
  const cases = [...own.cases, ...gone.flatMap(({ name }) => old.get(name) ?? [])];
  return {
    ...check,
    before: withUntold(before, untold),
    after: withUntold({ ...own, cases }, untold),
  };
}

function newOnes(own: CheckSaid, known: ReadonlySet<string>): readonly CheckCase[] {
  return own.cases.filter(({ name }) => !known.has(name));
}

function withUntold(said: CheckSaid, untold: ReadonlySet<string>): CheckSaid {
  const got = "The edit changes this test.";
  const cases = said.cases.map(
    (each): CheckCase =>
      untold.has(each.name) ? { ...each, state: "broken", got, ownTest: true } : each,
  );
  return { ...said, cases };
}

const mostNamed = 3;

/** Says with each file of a proposal what is changed in it of that by which it is judged. */
export function sayingTouched(proposal: Proposal, touched: Touched): Proposal {
  if (touched.size === 0) return proposal;
  const files = proposal.files.map((file): FileProposal => {
    const names = touched.get(file.uri)?.names ?? [];
    if (names.length === 0) return file;
    const shown = names.slice(0, mostNamed).map((name) => `\`${name}\``);
    const all = [...shown, ...(names.length > mostNamed ? ["…"] : [])].join(", ");
    const text = `This edit also changes what checks it: ${all}. What was there before counts.`;
    return { ...file, notices: [...file.notices, text] };
  });
  return { ...proposal, files };
}
