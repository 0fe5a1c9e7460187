import { scriptSubject } from "../examples/script-subject";

/**
 * The program that makes calls of a JavaScript or TypeScript file and prints for each what came of
 * it: its result, in one form for results that are equal, with what it printed and what it made of
 * its arguments.
 */
export const scriptCaller = `${scriptSubject}
import { createHash } from "node:crypto";
import { inspect } from "node:util";

const mostItems = 1000;
const mostDepth = 20;
const mostCharacters = 300;
const plain = (value) => value === null || ["string", "boolean", "bigint", "undefined", "symbol"].includes(typeof value);
const listed = (values) => {
  const all = [];
  for (const each of values) if (all.push(each) >= mostItems) break;
  return all;
};

/** Its text; the same for what is equal, and from one process to the next. */
const told = (value, depth = 0) => {
  if (typeof value === "number") return String(Number(value.toPrecision(12)) + 0);
  if (plain(value)) return inspect(value, { maxStringLength: null, breakLength: Infinity });
  if (typeof value === "function") return "function " + value.name;
  if (depth > mostDepth) return "...";
  const inner = (each) => told(each, depth + 1);
  const entries = (all) => listed(all).map(([key, each]) => (typeof key === "string" ? key : inner(key)) + ": " + inner(each)).sort().join(", ");
  if (Array.isArray(value)) return "[" + listed(value).map(inner).join(", ") + "]";
  if (value instanceof Set) return "Set(" + listed(value).map(inner).sort().join(", ") + ")";
  if (value instanceof Map) return "Map(" + entries(value) + ")";
  if (value instanceof Error) return value.name + ": " + value.message;
  if (value instanceof Date || value instanceof RegExp || ArrayBuffer.isView(value)) return inspect(value, { breakLength: Infinity });
  if (typeof value.next === "function") return "iterator of [" + listed({ [Symbol.iterator]: () => value }).map(inner).join(", ") + "]";
  const name = value.constructor?.name ?? "null";
  return (name === "Object" ? "" : name + " ") + "{" + entries(Object.entries(value)) + "}";
};

const short = (text) => {
  if (text.length <= mostCharacters) return text;
  const rest = createHash("sha256").update(text).digest("hex").slice(0, 8);
  return text.slice(0, mostCharacters) + "... (" + text.length + " characters, " + rest + ")";
};

let printed = [];
for (const name of ["log", "info", "debug", "warn", "error"]) console[name] = (...words) => printed.length < mostItems && printed.push(words);

async function make(index, given, called) {
  const began = performance.now();
  printed = [];
  let values;
  let before;
  let got;
  let state = "passed";
  try {
    values = given();
    before = values.map((each) => told(each)).join(", ");
    globalThis.thinkaloudCase = () => {
      const value = called(...values);
      return typeof value?.then === "function" ? value.then((each) => told(each)) : told(value);
    };
    const pending = runInThisContext("globalThis.thinkaloudCase()", { timeout: limitMs });
    got = await Promise.race([pending, late()]);
  } catch (error) {
    if (error === tooLong || error?.code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return tell({ kind: "called", index, state: "failed", got: null });
    if (values === undefined || own(error)) return tell({ kind: "called", index, state: "broken" });
    got = error?.name ?? typeof error;
    state = "failed";
  }
  // Near its limit a call ends at one time and has no end at another.
  if (performance.now() - began > limitMs / 2) return tell({ kind: "called", index, state: "broken" });
  const after = values.map((each) => told(each)).join(", ");
  tell({
    kind: "called", index, state, got: short(String(got)),
    ...(printed.length > 0 ? { printed: short(printed.map((words) => words.map((each) => told(each)).join(" ")).join("; ")) } : {}),
    ...(after !== before ? { arguments: short(after) } : {}),
  });
}

try {
  await import(pathToFileURL(request.file).href);
} catch (error) {
  tell({ kind: "unloaded", got: String(error?.message ?? error) });
  process.exit(0);
}
const started = performance.now();
for (const [index, [given, called]] of (globalThis.thinkaloudCalls ?? []).entries()) {
  if (performance.now() - started > 1000 * request.seconds) break;
  await make(index, given, called);
}
tell({ kind: "end" });
process.exit(0);
`;
