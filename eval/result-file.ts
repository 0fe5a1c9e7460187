import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { EvalResult } from "./result";

/** Results on disk, a line each, so that an evaluation that was killed goes on where it stopped. */
export class ResultFile {
  private constructor(
    readonly path: string,
    /** The product that is measured: results of another are not taken over. */
    readonly build: string,
    readonly results: EvalResult[],
  ) {}

  static async open(path: string, build: string, afresh: boolean): Promise<ResultFile> {
    await mkdir(dirname(path), { recursive: true });
    if (afresh) await writeFile(path, "");
    const text = await readFile(path, "utf8").catch(() => "");
    // A line that was cut off in the middle must not swallow the next one.
    if (text !== "" && !text.endsWith("\n")) await appendFile(path, "\n");
    const results = text.split("\n").flatMap((line) => resultIn(line, build) ?? []);
    return new ResultFile(path, build, results);
  }

  /** What came of a case before; a run that broke off tells nothing and is done again. */
  find(name: string, variant: string): EvalResult | undefined {
    return this.results.find(
      (each) => each.case === name && each.variant === variant && each.verdict !== "failed",
    );
  }

  async add(result: EvalResult): Promise<void> {
    const at = this.results.findIndex(
      (each) => each.case === result.case && each.variant === result.variant,
    );
    if (at >= 0) this.results.splice(at, 1);
    this.results.push(result);
    await appendFile(this.path, `${JSON.stringify({ build: this.build, ...result })}\n`);
  }
}

function resultIn(line: string, build: string): EvalResult | undefined {
  try {
    const { build: own, ...result } = JSON.parse(line) as EvalResult & { build: string };
    return own === build && typeof result.case === "string" ? result : undefined;
  } catch {
    return undefined;
  }
}
