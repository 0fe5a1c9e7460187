import { basename } from "node:path";
import { languageById } from "../../base/languages/languages";
import type { CheckCase, CheckSaid } from "../../protocol/checks";
import type { Target } from "../../protocol/document";
import type { RunnableCheck } from "../runnable-check";
import { exampleSaid } from "./example-lines";
import { mentions, pythonSessions } from "./python-examples";
import { pythonRunner } from "./python-runner";
import { nodeWords, runPython, runScript, type SubjectEnd } from "./run-subject";
import { examplesTail, scriptExamples } from "./script-examples";
import { scriptRunner } from "./script-runner";

const caseSeconds = 2;

/**
 * The examples in a file's documentation as a check, or why there is none, as a sentence; undefined
 * where there are none.
 */
export async function examplesCheck(
  target: Target,
  symbol: string | undefined,
  environment: NodeJS.ProcessEnv,
): Promise<RunnableCheck | string | undefined> {
  const label = `the examples in ${basename(target.path)}`;
  const name = { id: "examples", kind: "examples", label } as const;
  const { languageId, text } = target;
  const examplesIn = languageById(languageId)?.examples;
  if (examplesIn === undefined) return undefined;
  if (examplesIn === "doctest") {
    const sessions = pythonSessions(text);
    if (sessions.length === 0) return undefined;
    const request = { caseSeconds, sessions };
    const program = { name: "run-examples.py", text: pythonRunner, request };
    return {
      ...name,
      program: "the documented examples with Python",
      run: beside(symbol, async (...given) => said(await runPython(target, program, ...given))),
    };
  }
  const examples = scriptExamples(text, languageId);
  if (examples.cases.length === 0) return undefined;
  const node = await nodeWords(languageId, environment);
  if (typeof node === "string") return node;
  const tail = examplesTail(examples);
  const request = { caseSeconds, cases: examples.cases };
  const program = { name: "run-examples.mjs", text: scriptRunner, request };
  return {
    ...name,
    program: "the documented examples with Node",
    run: beside(symbol, async (...given) =>
      said(await runScript(target, node, tail, program, ...given)),
    ),
  };
}

function said({ end, mark }: SubjectEnd): CheckSaid {
  return exampleSaid(end, mark);
}

/**
 * An example that does not speak of the declaration in question may fail without anybody having
 * asked about it.
 */
function beside(symbol: string | undefined, run: RunnableCheck["run"]): RunnableCheck["run"] {
  if (symbol === undefined || isUnspoken(symbol)) return run;
  return async (place, signal) => {
    const told = await run(place, signal);
    const isBeside = told.cases.map(({ name }) => !mentions(name, symbol));
    // Where none speaks of it, all are about it: what is asked about is behind what they call.
    if (isBeside.every(Boolean)) return told;
    const cases = told.cases.map(
      (each, index): CheckCase => (isBeside[index] === true ? { ...each, beside: true } : each),
    );
    return { ...told, cases };
  };
}

/** What is called without its name. */
export function isUnspoken(symbol: string): boolean {
  return /^(?:__\w+__|constructor)$/.test(symbol);
}
