import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { RunEvent } from "../../src/protocol/run-events";
import { type FakeDaemon, startFakeDaemon } from "../support/fake-daemon";
import { type BuiltCli, buildCli, type SpawnedCli } from "./spawned-cli";

const noPython = spawnSync("python3", ["--version"]).status !== 0;
const onLinux = process.platform === "linux";
const net = "def net(price, rate):\n    return price * rate\n";
const tax = "def tax(price):\n    return price // 4\n";
const tests = [
  "import unittest",
  "from net import net",
  "from tax import tax",
  "class Shop(unittest.TestCase):",
  "    def test_net(self):",
  "        self.assertEqual(net(12, 3), 4)",
  "    def test_tax(self):",
  "        self.assertEqual(tax(10), 2 + 0)",
  "        self.assertEqual(tax(100), 20)",
  "",
].join("\n");
const netRight = edit("net.py", "    return price * rate", "    return price // rate");
const taxRight = edit("tax.py", "    return price // 4", "    return price // 5");

function edit(path: string, search: string, replace: string): string {
  return `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;
}

let cli: BuiltCli;
let daemon: FakeDaemon | undefined;
beforeAll(async () => {
  cli = await buildCli();
}, 60_000);
afterAll(() => cli?.remove());
afterEach(async () => {
  await daemon?.close();
  daemon = undefined;
});

async function start(answers: readonly string[], words: readonly string[]): Promise<SpawnedCli> {
  cli.write("net.py", net);
  cli.write("tax.py", tax);
  cli.write("test_shop.py", tests);
  mkdirSync(cli.path("temporary"), { recursive: true });
  let number = 0;
  daemon = await startFakeDaemon({
    models: [{ name: "coder:1b" }],
    chat: () => ({ answer: answers[Math.min(number++, answers.length - 1)] ?? "" }),
  });
  const all = ["test_shop.py", "--until-green", "--endpoint", daemon.endpoint, ...words];
  return cli.start(all, { TMPDIR: cli.path("temporary") });
}

const unittest = ["--test", "python3 -m unittest -v test_shop"];

describe.skipIf(noPython)("npm run fix -- FILE --until-green", () => {
  it("writes what all rounds came to, and tells them as events", async () => {
    const run = await start([netRight, taxRight], [...unittest, "--write", "--json"]);
    expect(await run.ended, run.stderr()).toBe(0);
    expect(cli.read("net.py")).toContain("price // rate");
    expect(cli.read("tax.py")).toContain("price // 5");
    const events = run
      .stdout()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as RunEvent);
    expect(events[0]).toMatchObject({ kind: "started", untilGreen: true });
    expect(events.at(-1)).toMatchObject({ kind: "proposalState", state: "accepted" });
    expect(run.stderr()).toContain("Round 2 of 4: 1 of 2 fail.");
    expect(run.stderr()).toContain("All that failed passes now, in round 2.");
    expect(readdirSync(cli.path("temporary"))).toEqual([]);
  });

  it("ends with 4 and writes what is better where something still fails", async () => {
    const words = [...unittest, "--write", "--rounds", "1", "--tries", "1"];
    const run = await start([netRight], words);
    expect(await run.ended, run.stderr()).toBe(4);
    expect(cli.read("net.py")).toContain("price // rate");
    expect(run.stderr()).toContain("Still 1 of 2 failing: `test_shop.Shop.test_tax`.");
  });

  it.skipIf(!onLinux)(
    "leaves no process behind when it is killed, and the next one takes its copy away",
    async () => {
      const mark = `600.${process.pid}`;
      const run = await start([netRight], ["--test", `sleep ${mark}`]);
      await run.said("running sleep");
      await untilSo(() => isRunning(mark));
      run.process.kill("SIGKILL");
      await run.ended;
      await untilSo(() => !isRunning(mark));
      expect(copies()).toHaveLength(1);
      const next = await start([netRight], [...unittest, "--rounds", "1"]);
      await next.ended;
      expect(copies()).toEqual([]);
    },
  );

  it.skipIf(!onLinux)(
    "ends at once and leaves nothing behind when it is interrupted while a test runs",
    async () => {
      const mark = `601.${process.pid}`;
      const run = await start([netRight], ["--test", `sleep ${mark}`]);
      await run.said("running sleep");
      await untilSo(() => isRunning(mark));
      run.process.kill("SIGINT");
      expect(await run.ended).toBe(130);
      expect(isRunning(mark)).toBe(false);
      expect(copies()).toEqual([]);
    },
  );
});

function copies(): readonly string[] {
  return readdirSync(cli.path("temporary")).filter((name) => name.startsWith("thinkaloud-checks-"));
}

function isRunning(mark: string): boolean {
  return spawnSync("pgrep", ["-f", `^sleep ${mark}`]).status === 0;
}

async function untilSo(isSo: () => boolean): Promise<void> {
  for (let time = 0; time < 100 && !isSo(); time++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(isSo()).toBe(true);
}
