import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, delimiter, dirname, isAbsolute, join, relative } from "node:path";
import { promisify } from "node:util";
import { isRecord } from "../../base/guards";
import { languageById } from "../../base/languages/languages";
import { staysInside } from "../../base/text/stays-inside";
import { nodeOf } from "../interpreters";
import { holding, inCopy } from "../place/in-copy";
import { binOf, jsonOf } from "../place/package-scripts";
import type { PrivateCopy } from "../place/private-copy";
import { upwards } from "../place/project-root";
import { programPath } from "../process/program-path";
import type { ProjectCommand } from "../project-command";
import { commandOf, foldersIn, gradle, maven } from "./build-tools";
import { dotnetTests } from "./dotnet-tests";
import type { OutputForm } from "./test-lines";

/** How the tests are run. */
export interface TestCommand extends ProjectCommand {
  /** How it tells of each test; absent: perhaps in one of these. */
  readonly form?: OutputForm;
  /** Where it tells that, absolute, in the copy's folder; absent: it prints it. */
  readonly toldIn?: string;
}

export interface TestsWanted {
  readonly languageId: string;
  /** The file in question, relative to the project. */
  readonly file: string;
  /** The nearest test files, relative to the project. */
  readonly tests: readonly string[];
  readonly copy: PrivateCopy;
  /** What starts the project's own Python. */
  readonly python: string;
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * The project's own way to run the tests; why they cannot be run, as a sentence; undefined where
 * there are none.
 */
export async function testCommand(given: TestsWanted): Promise<TestCommand | string | undefined> {
  // What begins like an option would be one.
  const tests = given.tests.map((each) => (each.startsWith("-") ? `./${each}` : each));
  const wanted = { ...given, tests };
  const tool = languageById(wanted.languageId)?.testTool;
  if (tool === undefined) return undefined;
  const hasTests = wanted.tests.length > 0;
  switch (tool) {
    case "python":
      return hasTests ? await pythonCommand(wanted) : undefined;
    case "node":
      return hasTests ? await scriptCommand(wanted) : undefined;
    case "go":
      return hasTests ? goCommand(wanted) : undefined;
    case "cargo":
      return await rustCommand(wanted);
    case "jvm":
      return hasTests ? await javaCommand(wanted) : undefined;
    case "dotnet":
      return await dotnetCommand(wanted);
    default:
      return tool satisfies never;
  }
}

async function pythonCommand({
  tests,
  copy,
  python,
  environment,
}: TestsWanted): Promise<TestCommand> {
  const hasPytest = await findsPytest(python, copy, environment);
  const how = hasPytest
    ? ["-m", "pytest", "-rA", "--tb=short", "--color=no", "-p", "no:cacheprovider", "--", ...tests]
    : ["-m", "unittest", "-v", ...tests];
  return {
    words: [python, ...how],
    folder: copy.project,
    label: `python -m ${hasPytest ? "pytest" : "unittest"} ${tests.join(" ")}`,
    program: `python -m ${hasPytest ? "pytest" : "unittest"}`,
    form: hasPytest ? "pytest" : "unittest",
    // Before what is installed: a project that is installed in place would be tested as it is, not
    // as it is proposed.
    environment: {
      PYTHONPATH: [copy.project, join(copy.project, "src")].join(
        process.platform === "win32" ? ";" : ":",
      ),
    },
  };
}

/**
 * Whether a Python has pytest. Only what the person's own path leads to is run for it: one in the
 * project, or one that its settings may name, is looked into, as nobody has said yet that it may be
 * run.
 */
async function findsPytest(
  python: string,
  { root, home: empty }: PrivateCopy,
  environment: NodeJS.ProcessEnv,
): Promise<boolean> {
  const path = programPath(environment).split(delimiter);
  const isOwn = path.includes(dirname(python)) && !staysInside(relative(root, python));
  if (isAbsolute(python) && !isOwn) {
    const home = dirname(dirname(python));
    const libraries = [join(home, "Lib"), ...(await foldersIn(join(home, "lib")))];
    return libraries.some((library) => existsSync(join(library, "site-packages", "pytest")));
  }
  const find = "import importlib.util, sys; sys.exit(importlib.util.find_spec('pytest') is None)";
  const options = { cwd: empty, timeout: 10_000, windowsHide: true };
  return await promisify(execFile)(python, ["-c", find], options).then(
    () => true,
    () => false,
  );
}

/** The runners that a package may name, and the words that make them print what can be read. */
const scriptRunners: readonly {
  readonly name: string;
  readonly form: OutputForm;
  /** @param told a file of ours, for a runner that tells of tests between what they print. */
  readonly words: (tests: readonly string[], told: string) => readonly string[];
  readonly tellsInFile?: true;
}[] = [
  {
    name: "vitest",
    form: "tap",
    words: (tests) => ["run", "--reporter=tap-flat", "--no-color", ...tests],
  },
  {
    name: "jest",
    form: "jest",
    words: (tests, told) => [
      ...["--ci", "--json", `--outputFile=${told}`, "--no-color"],
      ...["--runTestsByPath", "--", ...tests],
    ],
    tellsInFile: true,
  },
  { name: "mocha", form: "tap", words: (tests) => ["--reporter", "tap", "--", ...tests] },
];

async function scriptCommand({
  file,
  tests,
  copy,
  environment,
}: TestsWanted): Promise<TestCommand | string> {
  const node = await nodeOf(environment);
  if (node === undefined) return "The tests are not run: there is no Node to run them with.";
  for (const folder of upwards(dirname(join(copy.root, file)), copy.root)) {
    const names = dependencies(await jsonOf(join(folder, "package.json")));
    const runner = scriptRunners.find(({ name }) => names.has(name));
    if (runner === undefined) continue;
    const script = await binOf(runner.name, folder, copy.root);
    if (script === undefined)
      return `The tests are not run: ${runner.name} is named in package.json, and not installed.`;
    const paths = tests.map((each) => join(copy.project, each));
    const told = join(copy.folder, "told.json");
    return {
      words: [node.command, inCopy(script, copy), ...runner.words(paths, told)],
      folder: inCopy(folder, copy),
      label: `${runner.name} ${tests.join(" ")}`,
      program: runner.name,
      form: runner.form,
      ...(runner.tellsInFile === true && { toldIn: told }),
    };
  }
  const isTyped = tests.some((each) => /\.[cm]?tsx?$/.test(each)) || /\.[cm]?tsx?$/.test(file);
  const typed = isTyped ? node.forTypeScript : [];
  if (typed === undefined)
    return "The tests are not run: Node runs TypeScript from version 22.6 on, and an older one is installed.";
  const texts = await Promise.all(tests.map((each) => readFile(join(copy.root, each), "utf8")));
  if (!texts.some((text) => /["']node:test["']/.test(text)))
    return "The tests are not run: the package names no runner that is known here.";
  // `[id].test.js` would be `i.test.js` or `d.test.js`.
  const named = node.readsPatterns ? tests.map((each) => each.replace(/[[*?]/g, "[$&]")) : tests;
  return {
    words: [node.command, ...typed, "--test", "--test-reporter=tap", ...named],
    folder: copy.project,
    label: `node --test ${tests.join(" ")}`,
    program: "node --test",
    form: "tap",
  };
}

function goCommand({ file, copy }: TestsWanted): TestCommand {
  const folder = dirname(file);
  return {
    words: ["go", "test", "-v", "-count=1", "."],
    folder: join(copy.project, folder),
    label: `go test ${folder === "." ? "." : `./${folder}`}`,
    program: "go test",
    form: "go",
  };
}

async function rustCommand({ file, copy }: TestsWanted): Promise<TestCommand | undefined> {
  const folder = holding("Cargo.toml", file, copy);
  if (folder === undefined || !(await hasRustTests(folder, copy))) return undefined;
  return {
    words: ["cargo", "test", "--offline", "--no-fail-fast"],
    folder,
    label: "cargo test",
    program: "cargo test",
    form: "cargo",
    environment: { CARGO_TARGET_DIR: join(copy.folder, "target") },
  };
}

/** Tests stand beside the code, and an example in a documentation is one. */
async function hasRustTests(
  crate: string,
  { root, project, files }: PrivateCopy,
): Promise<boolean> {
  const isTest = /#\[(?:\w+::)*test\b|^\s*\/\/[/!]\s*```/m;
  const isOfCrate = (file: string): boolean => staysInside(relative(crate, join(project, file)));
  for (const file of files.filter((each) => each.endsWith(".rs") && isOfCrate(each)))
    if (isTest.test(await readFile(join(root, file), "utf8").catch(() => ""))) return true;
  return false;
}

async function javaCommand({
  file,
  tests,
  copy,
  environment,
}: TestsWanted): Promise<TestCommand | string> {
  const names = tests.map((each) => each.replace(/^.*[\\/]|\.\w+$/g, ""));
  const folders = upwards(dirname(join(copy.root, file)), copy.root);
  const pom = holding("pom.xml", file, copy);
  if (pom !== undefined)
    return {
      words: [
        await commandOf(maven, folders, environment),
        "--offline",
        "--batch-mode",
        `-Dtest=${names.join(",")}`,
        "test",
      ],
      folder: pom,
      label: `mvn test ${names.join(" ")}`,
      program: "mvn test",
      form: "reports",
    };
  const build = holding("build.gradle", file, copy) ?? holding("build.gradle.kts", file, copy);
  if (build === undefined) return "The tests are not run: neither Maven nor Gradle is used here.";
  return {
    words: [
      await commandOf(gradle, folders, environment),
      "--offline",
      "--no-daemon",
      "test",
      ...names.flatMap((name) => ["--tests", `*${name}`]),
    ],
    folder: build,
    label: `gradle test ${names.join(" ")}`,
    program: "gradle test",
    form: "reports",
  };
}

async function dotnetCommand({ file, copy }: TestsWanted): Promise<TestCommand | undefined> {
  const project = await dotnetTests(file, copy);
  if (project === undefined) return undefined;
  return {
    words: ["dotnet", "test", basename(project), "--logger", "trx"],
    // The reports are put beside the project.
    folder: join(copy.project, dirname(project)),
    label: `dotnet test ${project}`,
    program: "dotnet test",
    form: "reports",
  };
}

function dependencies(manifest: unknown): ReadonlySet<string> {
  if (!isRecord(manifest)) return new Set();
  const lists = [manifest["devDependencies"], manifest["dependencies"]];
  return new Set(lists.flatMap((list) => (isRecord(list) ? Object.keys(list) : [])));
}
