import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseCase } from "./case-file";
import { type EvalCase, evalLanguages } from "./eval-case";

/**
 * The cases of a folder, taken from the languages in turn, so that the first few are of all of
 * them.
 */
export async function readOwnSuite(folder: string): Promise<readonly EvalCase[]> {
  const names = (await readdir(folder)).filter((file) => file.endsWith(".txt")).sort();
  const cases: EvalCase[] = [];
  for (const file of names) {
    const text = await readFile(join(folder, file), "utf8");
    cases.push(parseCase(file.slice(0, -".txt".length), text));
  }
  const queues = evalLanguages.map((language) => cases.filter((one) => one.language === language));
  const most = Math.max(0, ...queues.map((queue) => queue.length));
  return Array.from({ length: most }, (_, at) => queues.flatMap((queue) => queue[at] ?? [])).flat();
}
