/** Languages that cases are written in; each has its tools in `languages.ts`. */
export const evalLanguages = ["python", "typescript", "javascript", "go", "rust", "java"] as const;
export type EvalLanguage = (typeof evalLanguages)[number];

/**
 * Whether the bug can be seen in the file that is asked about; `see`: another has to be read;
 * `edit`: another has to be changed.
 */
export type SecondFile = "none" | "see" | "edit";

/**
 * A bug with the tests that tell whether it is there. Files are texts by their path in the project.
 */
export interface EvalCase {
  readonly name: string;
  /** What the person would say of it. */
  readonly title: string;
  readonly language: EvalLanguage;
  readonly second: SecondFile;
  /** Where help is asked for; the line counts from 0. */
  readonly at: { readonly path: string; readonly line: number };
  readonly files: ReadonlyMap<string, string>;
  /** Fail on the files as they are. The model does not see them unless a variant says so. */
  readonly tests: ReadonlyMap<string, string>;
  /** What the files become with the reference fix; absent where a suite has none. */
  readonly fixed?: ReadonlyMap<string, string>;
  /** Runs the tests in the project's folder; absent: what the language usually takes. */
  readonly testWords?: readonly [string, ...string[]];
}
