/** An error that a compiler names. */
export interface CompilerError {
  /** As it was printed. */
  readonly path: string;
  /** From one on. */
  readonly line: number;
  readonly message: string;
}

/**
 * An error with its place, as each of them prints it:
 * - go: `vet: ./shop.go:4:2: undefined: cents`
 * - cargo, in its short form: `src/lib.rs:4:5: error[E0308]: mismatched types`
 * - javac: `Shop.java:4: error: ';' expected`; maven: `[ERROR] /p/Shop.java:[4,9] ';' expected`
 * - tsc: `src/shop.ts(4,3): error TS2345: ...`
 */
const forms: readonly RegExp[] = [
  /^(?:vet: )?(?<path>\S[^:]*\.go):(?<line>\d+)(?::\d+)?: (?<message>.+)$/,
  /^(?<path>\S[^:]*\.rs):(?<line>\d+):\d+: error(?:\[E\d+\])?: (?<message>.+)$/,
  /^(?<path>\S.*\.java):(?<line>\d+): error: (?<message>.+)$/,
  /^\[ERROR\] (?<path>\S.*\.java):\[(?<line>\d+),\d+\] (?<message>.+)$/,
  /^(?<path>[^(\n]+)\((?<line>\d+),\d+\): error (?<message>TS\d+: .+)$/,
];

/** What is missing on this machine is no mistake of the code. */
const isMissing =
  /no required module provides|is not in std|can't find crate|package [\w.]+ does not exist/;

/**
 * The errors in what a compiler printed; undefined where libraries are missing, so that it tells
 * nothing of the code.
 */
export function compilerErrors(output: string): readonly CompilerError[] | undefined {
  const found = new Map<string, CompilerError>();
  for (const line of output.split("\n")) {
    const groups = forms.map((form) => form.exec(line)?.groups).find((each) => each !== undefined);
    if (groups === undefined) continue;
    const { path = "", message = "" } = groups;
    if (isMissing.test(message)) return undefined;
    // Maven tells each once more at its end.
    found.set(line, { path, line: Number(groups["line"]), message });
  }
  return [...found.values()];
}
