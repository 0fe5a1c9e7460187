import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { daemonForTest } from "../support/asked-model";
import { linesOf } from "../support/event-lines";
import type { FakeDaemon } from "../support/fake-daemon";
import { type SpawnedCli, useCli } from "./spawned-cli";

const price = "from rates import rate\n\n\ndef price(net):\n    return net * rate()\n";
const rates = "def rate():\n    return 19\n";
const inPrice = edit("price.py", "    return net * rate()", "    return net * (1 + rate())");
const inRates = edit("rates.py", "    return 19", "    return 0.19");

function edit(path: string, search: string, replace: string): string {
  const old = search === "" ? "" : `${search}\n`;
  return `${path}\n<<<<<<< SEARCH\n${old}=======\n${replace}\n>>>>>>> REPLACE\n`;
}

const cli = useCli();
let daemon: FakeDaemon;

/**
 * Asks about price.py with an answer of the test's own. @param meanwhile what happens while the
 * model thinks.
 */
async function answered(
  answer: string,
  words: readonly string[] = [],
  meanwhile: () => void = () => {},
): Promise<SpawnedCli & { readonly code: unknown }> {
  cli.write("price.py", price);
  cli.write("rates.py", rates);
  daemon = await daemonForTest({
    models: [{ name: "thinker:1b" }],
    chat: () => {
      meanwhile();
      return { answer };
    },
  });
  const run = cli.start(["price.py:4", "--endpoint", daemon.endpoint, "--write", ...words]);
  return { ...run, code: await run.ended };
}

describe("a fix of several files", () => {
  it("writes them all, and prints a diff of each", async () => {
    const run = await answered(`${inPrice}\n${inRates}`);
    expect(run.stderr()).toContain("a change is proposed");
    expect(run.code).toBe(0);
    expect(run.stdout()).toContain("+++ b/price.py");
    expect(run.stdout()).toContain("+++ b/rates.py");
    expect(cli.read("price.py")).toBe(price.replace("rate()\n", "(1 + rate())\n"));
    expect(cli.read("rates.py")).toBe(rates.replace("19", "0.19"));
  });

  it("writes the other file alone where the mistake is there", async () => {
    const answer = `rates.py\n\`\`\`python\n${rates.replace("19", "0.19")}\`\`\`\n\nIt was too high.\n`;
    expect((await answered(answer)).code).toBe(0);
    expect(cli.read("price.py")).toBe(price);
    expect(cli.read("rates.py")).toBe(rates.replace("19", "0.19"));
  });

  it("writes none where one changed in the same place meanwhile", async () => {
    const mine = rates.replace("19", "20");
    const run = await answered(`${inPrice}\n${inRates}`, [], () => cli.write("rates.py", mine));
    expect(run.code).toBe(2);
    expect(run.stderr()).toContain("rates.py has changed in the same place");
    expect(cli.read("price.py")).toBe(price);
    expect(cli.read("rates.py")).toBe(mine);
  });

  it("is told in the events as one proposal", async () => {
    const run = await answered(`${inPrice}\n${inRates}`, ["--json"]);
    const events = linesOf(run.stdout());
    const proposals = events.flatMap((event) =>
      event.kind === "proposal" ? [event.proposal.files.map(({ path }) => path)] : [],
    );
    expect(proposals).toEqual([["price.py", "rates.py"]]);
  });
});

describe("a new file beside a fix that was asked for in words", () => {
  const words = ["--ask", "Move the tax into a file of its own."];
  const withNew = (path: string): string => `${inPrice}\n${edit(path, "", "TAX = 19")}`;

  it("is written together with it, in a folder of its own", async () => {
    expect((await answered(withNew("taxes/germany.py"), words)).code).toBe(0);
    expect(cli.read("taxes/germany.py")).toBe("TAX = 19\n");
    expect(cli.read("price.py")).not.toBe(price);
  });

  it.skipIf(process.platform === "win32")(
    "never leads out of the folder by a link, and then nothing is written",
    async () => {
      cli.write("inside.txt", "");
      const folder = new URL(".", `file://${cli.path("inside.txt")}`).pathname;
      const outside = decodeURIComponent(`${folder}../outside-${process.pid}`);
      mkdirSync(outside, { recursive: true });
      symlinkSync(outside, cli.path("linked"));
      const run = await answered(withNew("linked/evil.py"), words);
      expect(run.code).not.toBe(0);
      expect(existsSync(`${outside}/evil.py`)).toBe(false);
      expect(cli.read("price.py")).toBe(price);
      rmSync(cli.path("linked"));
      rmSync(outside, { recursive: true });
    },
  );

  it("of a guarded place is written only when it is named", async () => {
    const run = await answered(withNew(".vscode/tasks.json"), words);
    expect(run.code).toBe(2);
    expect(run.stderr()).toContain(".vscode/tasks.json is changed only when it is named");
    expect(existsSync(cli.path(".vscode"))).toBe(false);
    expect(cli.read("price.py")).toBe(price);
    const guarded = [...words, "--guarded", ".vscode/tasks.json"];
    const named = await answered(withNew(".vscode/tasks.json"), guarded);
    expect(named.code).toBe(0);
    expect(cli.read(".vscode/tasks.json")).toBe("TAX = 19\n");
  });

  it("never takes the place of one that came to be meanwhile", async () => {
    const run = await answered(withNew("late.py"), words, () =>
      writeFileSync(cli.path("late.py"), "mine\n"),
    );
    expect(run.code).not.toBe(0);
    expect(cli.read("late.py")).toBe("mine\n");
    expect(cli.read("price.py")).toBe(price);
  });
});
