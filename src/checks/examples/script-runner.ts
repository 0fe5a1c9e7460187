/**
 * The program that runs the examples of a JavaScript or TypeScript file, with the project's own Node. Its argument names a file with the
 * request as JSON. It loads the file, behind whose text its examples stand as functions, and prints a line for each case as soon as it
 * is known: the request's mark, then JSON.
 */
export const scriptRunner = `
import { readFileSync, writeSync } from "node:fs";
import { isDeepStrictEqual, inspect } from "node:util";
import { pathToFileURL } from "node:url";
import { runInThisContext } from "node:vm";

const request = JSON.parse(readFileSync(process.argv[2], "utf8"));
const tell = (facts) => writeSync(1, "\\n" + request.mark + JSON.stringify(facts) + "\\n");
const limitMs = 1000 * request.caseSeconds;
const tooLong = "no end within " + request.caseSeconds + " s";
for (const name of ["log", "info", "debug", "warn", "error"]) console[name] = () => {};
const shown = (value) => inspect(value, { depth: 6, breakLength: Infinity, maxStringLength: 400, maxArrayLength: 50 });
const words = (error) =>
  error instanceof Error || (error && typeof error.message === "string")
    ? (error.name ?? "Error") + ": " + error.message
    : "thrown: " + shown(error);
const missing = ["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND", "ERR_UNKNOWN_FILE_EXTENSION", "ERR_UNSUPPORTED_DIR_IMPORT",
  "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX", "ERR_UNSUPPORTED_ESM_URL_SCHEME", "ERR_UNKNOWN_BUILTIN_MODULE"];
const lacksModule = (error) => error != null && missing.includes(error.code);

/** The example itself, not the code that it is about, lacks a name. */
const own = (error) => {
  if (!(error instanceof ReferenceError)) return false;
  const [first = ""] = String(error.stack).split("\\n").filter((line) => /^\\s+at /.test(line));
  const line = Number(/:(\\d+):\\d+\\)?$/.exec(first)?.[1]);
  return line >= request.tailLine;
};

const isNear = (value, expected, text) => {
  if (typeof value !== "number" || typeof expected !== "number") return false;
  if (value === expected) return true;
  const digits = /^-?\\d*\\.(\\d+)$/.exec(text.trim())?.[1];
  return digits !== undefined && Number(value.toFixed(digits.length)) === expected;
};

process.on("unhandledRejection", () => {});
const late = () => new Promise((_, reject) => setTimeout(() => reject(tooLong), limitMs));

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
