import { basename } from "node:path";
import { languageById } from "../../base/languages/languages";
import type { CheckCase, CheckSaid } from "../../protocol/checks";
import type { Target } from "../../protocol/document";
import { earlyEnd, runnerLines } from "../examples/example-lines";
import { isUnspoken } from "../examples/examples-check";
import { codeIn, definedNames, pythonSessions } from "../examples/python-examples";
import { nodeWords, runPython, runScript, type SubjectEnd } from "../examples/run-subject";
import { compiles, definedInScript, scriptExamples } from "../examples/script-examples";
import { plainText } from "../process/plain-output";
import type { RunnableCheck } from "../runnable-check";
import { callsIn } from "./example-calls";
import { pythonCaller } from "./python-caller";
import { scriptCaller } from "./script-caller";
import { type Call, variedCalls } from "./varied-calls";

const mostCalls = 40;
const caseSeconds = 0.5;
/** After so long no further call is begun. */
const allSeconds = 2;

/**
 * What the declaration in question does with arguments like those of its documented examples: a
 * case for each call, `passed` with its result, `failed` with how it ended without one, `broken`
 * where it is not to be compared. It says nothing of right and wrong.
 * @returns undefined where no example has arguments that can be changed.
 */
export async function behaviourCheck(
  target: Target,
  symbol: string | undefined,
  environment: NodeJS.ProcessEnv,
): Promise<RunnableCheck | undefined> {
  const { languageId, text } = target;
  const label = `calls like the examples in ${basename(target.path)}`;
  const name = { id: "behaviour", kind: "behaviour", label } as const;
  const examplesIn = languageById(languageId)?.examples;
  if (examplesIn === undefined) return undefined;
  const limits = { caseSeconds, seconds: allSeconds };
  if (examplesIn === "doctest") {
    const calls = callsLike(codeIn(pythonSessions(text)), definedNames(text), symbol);
    if (calls.length === 0) return undefined;
    const request = { ...limits, calls };
    // The order of a set's strings is another one in each process.
    const environment = { PYTHONHASHSEED: "0" };
    const program = { name: "make-calls.py", text: pythonCaller, environment, request };
    return {
      ...name,
      program: "the documented examples with Python",
      run: async (...given) => said(calls, await runPython(target, program, ...given)),
    };
  }
  const examples = scriptExamples(text, languageId).cases.map((each) => each.name);
  const calls = callsLike(examples, definedInScript(text), symbol).filter((call) =>
    compiles(functionsOf(call)),
  );
  if (calls.length === 0) return undefined;
  const node = await nodeWords(languageId, environment);
  if (typeof node === "string") return undefined;
  const tail = `\n;globalThis.thinkaloudCalls = [${calls.map(functionsOf).join(", ")}];\n`;
  const program = { name: "make-calls.mjs", text: scriptCaller, request: limits };
  return {
    ...name,
    program: "the documented examples with Node",
    run: async (...given) => said(calls, await runScript(target, node, tail, program, ...given)),
  };
}

/** Its arguments, made anew each time that they are asked for, and the call with them. */
function functionsOf({ callee, arguments: written }: Call): string {
  return `[() => [${written}], (...given) => ${callee}(...given)]`;
}

/**
 * @param symbol the declaration in question; where no example speaks of it, it is behind what they
 * call.
 */
function callsLike(
  examples: readonly string[],
  defined: readonly string[],
  symbol: string | undefined,
): readonly Call[] {
  const names = new Set(defined);
  const found = examples.flatMap((code) => callsIn(code, names));
  const about = found.filter(({ name }) => name === symbol);
  const isOfAll = symbol === undefined || isUnspoken(symbol) || about.length === 0;
  return variedCalls(isOfAll ? found : about, mostCalls);
}

/** A run that ended early did so in the call that it had begun. */
function said(calls: readonly Call[], { end, mark }: SubjectEnd): CheckSaid {
  const lines = runnerLines(end, mark);
  const cases = lines.flatMap((told) => caseOf(calls, told) ?? []);
  const tookMs = Math.round(end.tookMs);
  const isOf = (kind: string): boolean => lines.some((told) => told["kind"] === kind);
  if (isOf("unloaded") || end.kind === "missing") {
    const broken = isOf("unloaded") ? "The file could not be loaded." : earlyEnd(end);
    return { cases: [], output: "", tookMs, broken };
  }
  const begun = calls[cases.length];
  if (!isOf("end") && begun !== undefined)
    cases.push({ name: begun.name, state: "failed", got: earlyEnd(end) });
  return { cases, output: "", tookMs };
}

function caseOf(
  calls: readonly Call[],
  told: Readonly<Record<string, unknown>>,
): CheckCase | undefined {
  const { kind, index, state, got } = told;
  const call = typeof index === "number" ? calls[index] : undefined;
  if (kind !== "called" || call === undefined) return undefined;
  const { name } = call;
  if (state === "passed") return { name, state, got: resultOf(told) };
  if (state !== "failed") return { name, state: "broken" };
  return {
    name,
    state,
    got: typeof got === "string" ? `raises ${resultOf(told)}` : `no end within ${caseSeconds} s`,
  };
}

/** `None, arguments then: [1, 2]` */
function resultOf({ got, printed, arguments: then }: Readonly<Record<string, unknown>>): string {
  const parts = [
    typeof got === "string" ? got : "",
    ...(typeof printed === "string" ? [`printed: ${printed}`] : []),
    ...(typeof then === "string" ? [`arguments then: ${then}`] : []),
  ];
  return plainText(parts.join(", "));
}
