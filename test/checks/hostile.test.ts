import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { confinement } from "../../src/checks/process/confinement";
import { defaultLimits, type Program, runProgram } from "../../src/checks/process/run-program";
import { listening } from "../support/loopback";
import { CheckProject, checked, told } from "./check-project";

const noPython = spawnSync("python3", ["--version"]).status !== 0;
const never = new AbortController().signal;
const { closed } = await confinement();
const onWindows = process.platform === "win32";

/** A file with one example, which runs this code. */
function doing(...lines: readonly string[]): string {
  return ["def act():", '    """act() == 1"""', ...lines.map((line) => `    ${line}`), ""].join(
    "\n",
  );
}

function program(words: Program["words"]): Program {
  const { root } = new CheckProject({});
  const environment = { PATH: process.env["PATH"] ?? "" };
  return { words, folder: root, writable: root, environment };
}

/** Processes that run a command with this word in it. */
function running(word: string): readonly string[] {
  const { stdout } = spawnSync("ps", ["-eo", "pid,args"], { encoding: "utf8" });
  return stdout.split("\n").filter((line) => line.includes(word) && !line.includes("ps -eo"));
}

/**
 * What shutting in needs of the system: where all of it is there, a test that is passed over would
 * hide that it no longer works.
 */
const canShutIn =
  spawnSync("unshare", [
    ...["--user", "--map-root-user", "--mount", "--net", "--pid", "--fork"],
    ...["sh", "-c", "mount --make-rprivate / && mount -t tmpfs tmpfs /mnt && unshare --user true"],
  ]).status === 0 && spawnSync("setpriv", ["--pdeathsig", "KILL", "true"]).status === 0;

it.skipIf(!canShutIn)("programs are shut in where the system can", () => {
  expect(closed).toBe(true);
});

describe.skipIf(noPython || onWindows)("an example that means harm", () => {
  it("deletes nothing of the project's: it runs in a copy, which is gone afterwards", async () => {
    const text = doing(
      "import shutil, pathlib",
      "shutil.rmtree(pathlib.Path(__file__).parent, ignore_errors=True)",
      "return 1",
    );
    const project = new CheckProject({ "act.py": text, "precious.txt": "here" });
    await checked(project, "act.py", text);
    expect(readFileSync(project.path("precious.txt"), "utf8")).toBe("here");
    expect(readFileSync(project.path("act.py"), "utf8")).toBe(text);
    expect(project.copies()).toEqual([]);
  });

  it.skipIf(!closed)("writes nowhere but into the copy", async () => {
    const project = new CheckProject({ "precious.txt": "here" });
    const path = JSON.stringify(project.path("precious.txt"));
    const text = doing(`open(${path}, "w").write("gone")`, "return 1");
    writeFileSync(project.path("act.py"), text);
    const { before } = await checked(project, "act.py", text);
    expect(told(before[0])[0]).toContain("Read-only file system");
    expect(readFileSync(project.path("precious.txt"), "utf8")).toBe("here");
  });

  it.skipIf(!closed)("reaches no network, this machine's own neither", async () => {
    let reached = 0;
    const server = createServer(() => reached++);
    const port = await listening(server);
    const text = doing(
      "import socket",
      `socket.create_connection(("127.0.0.1", ${port}), 1)`,
      "return 1",
    );
    const project = new CheckProject({ "act.py": text });
    const { before } = await checked(project, "act.py", text);
    server.close();
    expect(told(before[0])[0]).toContain("ConnectionRefusedError");
    expect(reached).toBe(0);
  });

  it("finds no secret in its environment, and another home", async () => {
    const text = doing(
      "import os",
      "return [each for each in os.environ.items() if each[0] == 'HOME' or 'secret' in each[1]]",
    );
    const project = new CheckProject({ "act.py": text });
    const secrets = { GITHUB_TOKEN: "secret-one", AWS_SECRET_ACCESS_KEY: "secret-two" };
    const environment = { ...process.env, ...secrets };
    const { before } = await checked(project, "act.py", text, undefined, { environment });
    const seen = told(before[0]).join();
    expect(seen).toContain("('HOME', ");
    expect(seen).not.toContain(`('HOME', '${process.env["HOME"]}')`);
    expect(seen).not.toMatch(/secret-one|secret-two/);
  });

  it("is told apart by its own words when it ends the whole run", async () => {
    const text = doing("import os", "os._exit(0)");
    const project = new CheckProject({ "act.py": text });
    const { before } = await checked(project, "act.py", text);
    expect(before[0]?.cases).toEqual([]);
    expect(before[0]?.broken).toBe("It ended early, with code 0.");
  });

  it("cannot steer what is shown with control characters", async () => {
    const title = '"\\x1b]0;title\\x07\\x1b[31mred\\u202e"';
    const text = doing("import os", `os.write(1, ${title}.encode())`, `raise ValueError(${title})`);
    const project = new CheckProject({ "act.py": text });
    const { before } = await checked(project, "act.py", text);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    expect(JSON.stringify(before)).not.toMatch(/[\x1b\x07\u202e]/);
  });
});

describe.skipIf(noPython || onWindows)("a program that is run", () => {
  it("ends at its time, with all that it started", async () => {
    const word = `sleeper-${process.pid}`;
    const script = `import subprocess, sys, time\nsubprocess.Popen([sys.executable, "-c", "import time; time.sleep(60) # ${word}"], start_new_session=True)\ntime.sleep(60) # ${word}`;
    const limits = { ...defaultLimits, timeMs: 1_500 };
    const end = await runProgram(program(["python3", "-c", script]), never, limits);
    expect(end).toMatchObject({ kind: "limit", why: "It took longer than 1.5 s." });
    expect(running(word)).toEqual([]);
  });

  it("ends within a second when it is stopped, with all that it started", async () => {
    const word = `stopped-${process.pid}`;
    const script = `import subprocess, sys, time\nfor _ in range(5): subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60) # ${word}"])\nprint("up", flush=True)\ntime.sleep(60) # ${word}`;
    const stop = new AbortController();
    const ended = runProgram(program(["python3", "-c", script]), stop.signal);
    while (running(word).length < 6) await new Promise((resolve) => setTimeout(resolve, 50));
    const began = performance.now();
    stop.abort();
    await expect(ended).rejects.toThrow(/abort/i);
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(running(word)).toEqual([]);
  });

  it("that floods is ended, and only the ends of what it printed are kept", async () => {
    const flood = 'import sys\nprint("first")\nwhile True: sys.stdout.write("x" * 65536)';
    const end = await runProgram(program(["python3", "-c", flood]), never);
    expect(end).toMatchObject({ kind: "limit", why: "It printed too much." });
    expect(end.output.length).toBeLessThan(50_000);
    expect(end.output.startsWith("first\n")).toBe(true);
    expect(end.output).toContain("characters left out]");
  });

  it.skipIf(process.platform !== "linux")("that forks without end is ended", async () => {
    const word = `forker-${process.pid}`;
    const fork = `import os, time # ${word}\nfor _ in range(400):\n  if os.fork() == 0:\n    time.sleep(60)\n    os._exit(0)\ntime.sleep(60)`;
    const end = await runProgram(program(["python3", "-c", fork]), never);
    expect(end).toMatchObject({ kind: "limit", why: "It started too many processes." });
    expect(running(word)).toEqual([]);
  });

  it.skipIf(process.platform !== "linux")(
    "that takes more memory than it may is ended",
    async () => {
      const eat =
        "import time\nkept = bytearray(400_000_000)\nfor at in range(0, len(kept), 4096): kept[at] = 1\ntime.sleep(60)";
      const limits = { ...defaultLimits, memoryBytes: 200_000_000 };
      const end = await runProgram(program(["python3", "-c", eat]), never, limits);
      expect(end).toMatchObject({ kind: "limit", why: "It took too much memory." });
    },
  );

  it("takes its words as they are", async () => {
    const words = ["$(touch hacked)", "a b", "'", '"', "line\nbreak", "; touch hacked", "*"];
    const print = "import json, sys; print(json.dumps(sys.argv[1:]))";
    const given = program(["python3", "-c", print, ...words]);
    const end = await runProgram(given, never);
    expect(JSON.parse(end.stdout)).toEqual(words);
    expect(existsSync(join(given.folder, "hacked"))).toBe(false);
  });

  it("is told when it is not there", async () => {
    const end = await runProgram(program(["no-such-program-here"]), never);
    expect(end.kind).toBe("missing");
  });
});

describe.skipIf(noPython || onWindows)("a project that means harm", () => {
  it("has file names with quotes, spaces and newlines", async () => {
    const name = 'it\'s "odd"\n$(touch hacked).py';
    const text = doing("return 1");
    const project = new CheckProject({ [name]: text });
    const { before } = await checked(project, name, text);
    expect(told(before[0])).toEqual(["act() passed"]);
  });

  it("has test files whose names are options and quotes, and they are names all the same", async () => {
    const option = `--import=data:text%2Fjavascript,throw 1'";$(touch hacked).test.js`;
    const text = 'import { test } from "node:test";\ntest("one", () => {});\n';
    const project = new CheckProject({ "package.json": '{"type":"module"}', [option]: text });
    const { before } = await checked(project, option, text);
    expect(before[0]?.cases.map(({ name, state }) => `${name} ${state}`)).toEqual(["one passed"]);
    const name = 'test_it\'s "odd"\n$(touch hacked).py';
    const python = "def test_one():\n    assert True\n";
    writeFileSync(project.path(name), python);
    const said = await checked(project, name, python);
    expect(said.before).toHaveLength(1);
    expect(existsSync(project.path("hacked"))).toBe(false);
  });

  it("has a conftest.py that reads the environment, and finds nothing in it", async () => {
    const text = "def one():\n    return 1\n";
    const project = new CheckProject({
      "one.py": text,
      "test_one.py": "from one import one\n\ndef test_one():\n    assert one() == 1\n",
      "conftest.py": "import os\nassert 'SECRET_KEY' not in os.environ, os.environ['SECRET_KEY']\n",
    });
    const environment = { ...process.env, SECRET_KEY: "leaked" };
    const { before, labels } = await checked(project, "one.py", text, undefined, { environment });
    expect(labels).toHaveLength(1);
    expect(JSON.stringify(before)).not.toContain("leaked");
    expect(before[0]?.cases.map(({ state }) => state)).toEqual(["passed"]);
  });

  it("has a Python of its own, which is not run before the person has agreed", async () => {
    const text = "def one():\n    return 1\n";
    const project = new CheckProject({
      "one.py": text,
      "test_one.py": "from one import one\n",
      ".venv/lib/python3.11/site-packages/pytest/__init__.py": "",
      ".venv/bin/activate": "",
    });
    const script = `#!/bin/sh\ntouch '${project.path("hacked")}'\n`;
    writeFileSync(project.path(".venv/bin/python"), script, { mode: 0o755 });
    const target = project.target("one.py", text);
    const prepared = await project.checker().prepare({ target }, never);
    await prepared.dispose();
    expect(prepared.programs).toEqual(["python -m pytest"]);
    expect(existsSync(project.path("hacked"))).toBe(false);
  });

  it("names a Python elsewhere in its settings, which is not run before the person has agreed", async () => {
    const text = "def one():\n    return 1\n";
    const project = new CheckProject({ "one.py": text, "test_one.py": "from one import one\n" });
    const elsewhere = join(project.temporary, "python");
    const hacked = project.path("hacked");
    writeFileSync(elsewhere, `#!/bin/sh\ntouch '${hacked}'\n`, { mode: 0o755 });
    const prepared = await project
      .checker({ chosenPython: async () => elsewhere })
      .prepare({ target: project.target("one.py", text) }, never);
    await prepared.dispose();
    expect(prepared.programs).toEqual(["python -m unittest"]);
    expect(existsSync(hacked)).toBe(false);
  });

  it("has a git configuration that names programs, which are not run", async () => {
    const text = doing("return 1");
    const project = new CheckProject({ "act.py": text });
    const git = (...words: string[]) => spawnSync("git", words, { cwd: project.root });
    git("init", "-q");
    git("add", "act.py");
    writeFileSync(project.path("watch"), "#!/bin/sh\ntouch hacked\n", { mode: 0o755 });
    git("config", "core.fsmonitor", "./watch");
    git("update-index", "--fsmonitor", "--untracked-cache");
    rmSync(project.path("hacked"), { force: true });
    git("config", "core.hooksPath", project.root);
    writeFileSync(project.path("post-checkout"), "#!/bin/sh\ntouch hacked\n", { mode: 0o755 });
    const { before } = await checked(project, "act.py", text);
    expect(told(before[0])).toEqual(["act() passed"]);
    expect(existsSync(project.path("hacked"))).toBe(false);
  });
});

describe.skipIf(noPython || onWindows)("a copy of a project", () => {
  it("that a crash left behind is removed at the next start, and one that is in use is not", async () => {
    const text = doing("return 1");
    const project = new CheckProject({ "act.py": text });
    const gone = spawn("true");
    await new Promise((resolve) => gone.once("close", resolve));
    for (const [name, owner] of [
      ["thinkaloud-checks-dead", gone.pid],
      ["thinkaloud-checks-alive", process.pid],
    ] as const) {
      mkdirSync(join(project.temporary, name, "project"), { recursive: true });
      writeFileSync(join(project.temporary, name, "owner"), String(owner));
    }
    await checked(project, "act.py", text);
    expect(project.copies()).toEqual(["thinkaloud-checks-alive"]);
  });

  it("holds what is not committed, and what git ignores is not in it but what was installed", async () => {
    const text =
      'import helper, vendor\ndef act():\n    """act() == 3"""\n    return helper.two() + vendor.one()\n';
    const project = new CheckProject({
      ".gitignore": "secret.txt\nvenv\n",
      "act.py": text,
      "helper.py": "def two():\n    return 1\n",
      "secret.txt": "s",
      "vendor/__init__.py": "def one():\n    return 1\n",
    });
    const git = (...words: string[]) => spawnSync("git", words, { cwd: project.root });
    git("init", "-q");
    git("add", "act.py", "helper.py");
    writeFileSync(project.path("helper.py"), "def two():\n    return 2\n");
    const status = git("status", "--porcelain").stdout.toString();
    const { before } = await checked(project, "act.py", text);
    expect(told(before[0])).toEqual(["act() passed"]);
    expect(git("status", "--porcelain").stdout.toString()).toBe(status);
    expect(git("worktree", "list").stdout.toString().trim().split("\n")).toHaveLength(1);
  });

  it("is not made before something is to be run in it", async () => {
    const text = doing("return 1");
    const project = new CheckProject({ "act.py": text });
    const target = project.target("act.py", text);
    const prepared = await project.checker().prepare({ target }, never);
    const [name = ""] = project.copies();
    expect(existsSync(join(project.temporary, name, "project"))).toBe(false);
    await prepared.run("examples", [], never);
    expect(existsSync(join(project.temporary, name, "project", "act.py"))).toBe(true);
    await prepared.dispose();
  });

  it("that would be too large is not made, and this is said", async () => {
    const text = doing("return 1");
    const many = Array.from({ length: 20_001 }, (_, index) => [`many/${index % 50}/f${index}`, ""]);
    const project = new CheckProject({ "act.py": text, ...Object.fromEntries(many) });
    await expect(checked(project, "act.py", text)).rejects.toThrow(/more than 20000 files/);
    expect(project.copies()).toEqual([]);
  });
});
