import { join } from "node:path";
import { thinkaloudFolders } from "../src/model-setup/folders";
import { evalUsage, parseEvalArguments } from "./eval-arguments";
import { evaluate } from "./evaluate";

/** @param root the clone's folder. @returns the exit code. */
export async function evaluation(words: readonly string[], root: string): Promise<number> {
  const wish = parseEvalArguments(words);
  if (typeof wish === "string") {
    console.log(wish === "" ? evalUsage : `${wish}\n\n${evalUsage}`);
    return wish === "" ? 0 : 2;
  }
  const stop = new AbortController();
  process.on("SIGINT", () =>
    stop.abort(new Error("It was stopped; the same call goes on with it.")),
  );
  const place = {
    program: join(root, "dist/cli.cjs"),
    cases: join(root, "eval/cases"),
    kept: join(thinkaloudFolders().cache, "checks"),
    out: join(root, "eval/results"),
    say: (line: string) => console.log(line),
  };
  try {
    const { json, markdown } = await evaluate(wish, place, stop.signal);
    console.log(`\n${json}\n${markdown}`);
    return 0;
  } catch (thrown) {
    console.error(thrown instanceof Error ? thrown.message : thrown);
    return stop.signal.aborted ? 130 : 1;
  }
}
