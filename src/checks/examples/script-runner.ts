import { scriptSubject } from "./script-subject";

/**
 * The program that runs the examples of a JavaScript or TypeScript file, and prints a line for each
 * case as soon as it is known.
 */
export const scriptRunner = `${scriptSubject}
import { isDeepStrictEqual, inspect } from "node:util";

const shown = (value) => inspect(value, { depth: 6, breakLength: Infinity, maxStringLength: 400, maxArrayLength: 50 });
const words = (error) =>
  error instanceof Error || (error && typeof error.message === "string")
    ? (error.name ?? "Error") + ": " + error.message
    : "thrown: " + shown(error);
const isNear = (value, expected, text) => {
  if (typeof value !== "number" || typeof expected !== "number") return false;
  if (value === expected) return true;
  const digits = /^-?\\d*\\.(\\d+)$/.exec(text.trim())?.[1];
  return digits !== undefined && Number(value.toFixed(digits.length)) === expected;
};

async function check(index, code, value) {
  const { name, expected: text } = request.cases[index];
  try {
    globalThis.thinkaloudCase = code;
    const pending = runInThisContext("globalThis.thinkaloudCase()", { timeout: limitMs });
    const got = await Promise.race([pending, late()]);
    const expected = value();
    const right = isDeepStrictEqual(got, expected) || isNear(got, expected, text);
    tell({ kind: "case", name, state: right ? "passed" : "failed", expected: text, got: shown(got) });
    return got;
  } catch (error) {
    const isLate = error === tooLong || error?.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
    if (!own(error))
      tell({ kind: "case", name, state: lacksModule(error) ? "broken" : "failed", expected: text, got: isLate ? tooLong : words(error) });
    throw error;
  }
}

try {
  await import(pathToFileURL(request.file).href);
} catch (error) {
  tell({ kind: "unloaded", got: words(error) });
  const state = lacksModule(error) ? "broken" : "failed";
  for (const { name, expected } of request.cases) tell({ kind: "case", name, state, expected, got: words(error) });
  process.exit(0);
}
for (const session of globalThis.thinkaloudExamples ?? []) {
  try {
    await session(check);
  } catch {
    // Said already; what comes after it in its session stands on it.
  }
}
tell({ kind: "end" });
process.exit(0);
`;
