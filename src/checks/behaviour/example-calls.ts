import { type Argument, readArguments } from "./literals";

/** A call whose arguments are all written out. */
export interface ExampleCall {
  /** What is called, as it is written: `mean`, `Stack([1, 2]).push`. */
  readonly callee: string;
  /** The last name of it. */
  readonly name: string;
  readonly arguments: readonly Argument[];
}

const word = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const beginning = /(?<![\p{L}\p{N}_$.])(?:new\s+)?([\p{L}_$][\p{L}\p{N}_$]*)(?=[.(])/gu;

/**
 * The calls in an example's code that can be made with other arguments: of what the file defines,
 * or of what hangs on that. A value that the example computed before is none that is written out.
 * @param defined the names that the file defines
 */
export function callsIn(code: string, defined: ReadonlySet<string>): readonly ExampleCall[] {
  return [...code.matchAll(beginning)].flatMap(({ 0: whole, 1: name = "", index }) =>
    defined.has(name) ? callsFrom(code, index, whole.length) : [],
  );
}

/** `Stack([1]).push(2)` holds two: that of `Stack`, and that of what hangs on it. */
function callsFrom(code: string, from: number, length: number): readonly ExampleCall[] {
  const calls: ExampleCall[] = [];
  let at = from + length;
  let name = code.slice(from, at).replace(/^new\s+/, "");
  while (true) {
    if (code[at] === "(") {
      const read = readArguments(code, at);
      if (read === undefined) return calls;
      calls.push({ callee: code.slice(from, at), name, arguments: read.value });
      at = read.end;
    } else if (code[at] === ".") {
      word.lastIndex = at + 1;
      const next = word.exec(code)?.[0];
      if (next === undefined) return calls;
      name = next;
      at += 1 + next.length;
    } else return calls;
  }
}
