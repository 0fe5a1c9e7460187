import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readlinkSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { daemonForTest } from "../support/asked-model";
import { linesOf } from "../support/event-lines";
import type { FakeDaemon } from "../support/fake-daemon";
import { pom } from "../support/maven-project";
import { type SpawnedCli, useCli } from "./spawned-cli";

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

const cli = useCli();
let daemon: FakeDaemon;

async function start(answers: readonly string[], words: readonly string[]): Promise<SpawnedCli> {
  cli.write("net.py", net);
  cli.write("tax.py", tax);
  cli.write("test_shop.py", tests);
  mkdirSync(cli.path("temporary"), { recursive: true });
  daemon = await daemonForTest({ models: [{ name: "coder:1b" }], chat: answers });
  const all = ["test_shop.py", "--until-green", "--endpoint", daemon.endpoint, ...words];
  return cli.start(all, { TMPDIR: cli.path("temporary") });
}

/**
 * Projects whose tests say that they run, and then sleep. The first is tried always, the others
 * take seconds each.
 */
const allSleepers: readonly {
  readonly name: string;
  readonly needs: string;
  readonly file: string;
  readonly files: Readonly<Record<string, string>>;
}[] = [
  {
    name: "node",
    needs: "node",
    file: "nap.test.js",
    files: {
      "package.json": '{"type":"module"}',
      "nap.test.js":
        'import { writeFileSync } from "node:fs";\nimport { test } from "node:test";\ntest("naps", async () => {\n  writeFileSync("started", "");\n  await new Promise((resolve) => setTimeout(resolve, 600_000));\n});\n',
    },
  },
  {
    name: "python",
    needs: "python3",
    file: "test_nap.py",
    files: {
      "pyproject.toml": "",
      "test_nap.py":
        'import time, unittest\nclass Nap(unittest.TestCase):\n    def test_nap(self):\n        open("started", "w").close()\n        time.sleep(600)\n',
    },
  },
  {
    name: "go",
    needs: "go",
    file: "nap_test.go",
    files: {
      "go.mod": "module example.org/nap\n\ngo 1.20\n",
      "nap_test.go":
        'package nap\n\nimport (\n\t"os"\n\t"testing"\n\t"time"\n)\n\nfunc TestNap(t *testing.T) {\n\tos.WriteFile("started", nil, 0o600)\n\ttime.Sleep(10 * time.Minute)\n}\n',
    },
  },
  {
    name: "rust",
    needs: "cargo",
    file: "src/lib.rs",
    files: {
      "Cargo.toml": '[package]\nname = "nap"\nversion = "0.1.0"\nedition = "2021"\n',
      "src/lib.rs":
        '#[test]\nfn naps() {\n    std::fs::write("started", "").unwrap();\n    std::thread::sleep(std::time::Duration::from_secs(600));\n}\n',
    },
  },
  {
    name: "maven",
    needs: "mvn",
    file: "src/test/java/NapTest.java",
    files: {
      "pom.xml": pom,
      "src/test/java/NapTest.java":
        'import java.nio.file.Files;\nimport java.nio.file.Path;\nimport org.junit.jupiter.api.Test;\n\nclass NapTest {\n  @Test\n  void naps() throws Exception {\n    Files.writeString(Path.of("started"), "");\n    Thread.sleep(600_000);\n  }\n}\n',
    },
  },
];
const sleepers =
  process.env["THINKALOUD_GREEN_CASES"] === "all" ? allSleepers : allSleepers.slice(0, 1);

const unittest = ["--test", "python3 -m unittest -v test_shop"];

describe.skipIf(noPython)("npm run fix -- FILE --until-green", () => {
  it("writes what all rounds came to, and tells them as events", async () => {
    const run = await start([netRight, taxRight], [...unittest, "--write", "--json"]);
    expect(await run.ended, run.stderr()).toBe(0);
    expect(cli.read("net.py")).toContain("price // rate");
    expect(cli.read("tax.py")).toContain("price // 5");
    const events = linesOf(run.stdout());
    expect(events[0]).toMatchObject({ kind: "started", untilGreen: true });
    expect(events.at(-1)).toMatchObject({ kind: "proposalState", state: "accepted" });
    expect(run.stderr()).toContain("Round 2 of 4: 1 of 2 fail.");
    expect(run.stderr()).toContain("All that failed passes now, in round 2.");
    expect(readdirSync(cli.path("temporary"))).toEqual([]);
  });

  it("shows the model no file that the project keeps from it, though a failure leads there", async () => {
    cli.write(".thinkaloudignore", "tax.py\n");
    try {
      const run = await start([netRight, taxRight], [...unittest, "--rounds", "2", "--tries", "1"]);
      expect(await run.ended, run.stderr()).toBe(4);
      const asked = daemon.chats().map(({ text }) => text) ?? [];
      expect(asked.join()).toContain("price * rate");
      expect(asked.join()).not.toContain("price // 4");
    } finally {
      cli.write(".thinkaloudignore", "");
    }
  });

  it("ends with 4 and writes what is better where something still fails", async () => {
    const words = [...unittest, "--write", "--rounds", "1", "--tries", "1"];
    const run = await start([netRight], words);
    expect(await run.ended, run.stderr()).toBe(4);
    expect(cli.read("net.py")).toContain("price // rate");
    expect(run.stderr()).toContain("Still 1 of 2 failing: `test_shop.Shop.test_tax`.");
  });

  it.each(sleepers)(
    "leaves nothing of $name behind when it is killed while its tests run",
    async ({ name, needs, file, files }) => {
      if (!onLinux || spawnSync(needs, ["--version"]).error !== undefined) return;
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(cli.path(`${name}/${path}`)), { recursive: true });
        cli.write(`${name}/${path}`, text);
      }
      mkdirSync(cli.path("temporary"), { recursive: true });
      daemon = await daemonForTest({ models: [{ name: "coder:1b" }] });
      const words = [`${name}/${file}`, "--until-green", "--endpoint", daemon.endpoint];
      const run = cli.start(words, {
        TMPDIR: cli.path("temporary"),
        RUSTUP_HOME: process.env["RUSTUP_HOME"] ?? join(homedir(), ".rustup"),
        CARGO_HOME: process.env["CARGO_HOME"] ?? join(homedir(), ".cargo"),
      });
      await untilSo(() => wasStarted(cli.path("temporary")), 1_200);
      expect(processesIn(cli.path("temporary")).length).toBeGreaterThan(0);
      run.process.kill("SIGKILL");
      await run.ended;
      await untilSo(() => processesIn(cli.path("temporary")).length === 0);
      // Who was killed could not take its copy away; the next one does.
      expect(copies()).toHaveLength(1);
      const next = await start([netRight], [...unittest, "--rounds", "1"]);
      await next.ended;
      expect(copies()).toEqual([]);
    },
    120_000,
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

/** Whether a test has said that it runs, by a file. */
function wasStarted(folder: string): boolean {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).some((path) =>
    /[\\/]started$/.test(path),
  );
}

/** Processes that were started in a folder. */
function processesIn(folder: string): readonly string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
    } catch {
      return false;
    }
  });
}

async function untilSo(isSo: () => boolean, most = 100): Promise<void> {
  for (let time = 0; time < most && !isSo(); time++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(isSo()).toBe(true);
}
