import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import * as esbuild from "esbuild";
import { describe, expect, it } from "vitest";
import { escapeRegExp } from "../src/base/escape-reg-exp";
import { languages, wordsOf } from "../src/base/languages/languages";
import { parsedLanguage } from "../src/syntax/languages/languages";

// What must not be there cannot be tested by running it: these tests read the source. What each
// promise means in use is tested where the behaviour lives.

const root = join(import.meta.dirname, "..");
const sources = filesIn("src");

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"));
}

/** The source files, without comments, in which the pattern stands. */
function filesWith(pattern: RegExp): string[] {
  return sources
    .filter((file) => pattern.test(withoutComments(readFileSync(join(root, file), "utf8"))))
    .sort();
}

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}

describe("the only network peer is the model's endpoint", () => {
  it("one file of the assistant can open a connection", () => {
    const network =
      /\bfetch\(|"undici"|from "node:(https?|net|tls|dgram|http2)"|\bWebSocket\b|XMLHttpRequest|sendBeacon|EventSource/;
    const assistant = filesWith(network).filter((file) => !file.startsWith("src/built-in-engine/"));
    // Of the others the first stands between a connection and its answer, and the last reads which
    // certificates are trusted.
    expect(assistant).toEqual([
      "src/core/model/late-break.ts",
      "src/core/model/wire.ts",
      "src/model-setup/network.ts",
    ]);
    expect(filesWith(/\btls\.(connect|createServer|TLSSocket)\b/)).toEqual([]);
  });

  it("the built-in engine opens connections for the download of a model only, and servers listen on loopback only", () => {
    expect(
      filesWith(/(?<![#.\w])fetch\(/).filter((file) => file.startsWith("src/built-in-engine/")),
    ).toEqual(["src/built-in-engine/models/remote-file.ts"]);
    expect(filesWith(/\bserver\.listen\((?!0, "127\.0\.0\.1")/)).toEqual([]);
  });

  it("nothing reports home", () => {
    expect(filesWith(/telemetry(?!_OPTOUT)|appinsights/i)).toEqual([]);
  });
});

describe("nothing that a model says is executed", () => {
  it("programs are started for the model's engine, and to check an edit after a yes", () => {
    expect(filesWith(/child_process/)).toEqual([
      "src/built-in-engine/machine/run-quietly.ts",
      "src/checks/interpreters.ts",
      "src/checks/place/project-files.ts",
      "src/checks/process/confinement.ts",
      "src/checks/process/process-tree.ts",
      "src/checks/process/run-program.ts",
      "src/checks/tests/runners.ts",
      "src/model-setup/engine/engine-process.ts",
      "src/model-setup/engine/graphics-memory.ts",
      "src/model-setup/ollama/start-ollama.ts",
    ]);
  });

  it("a check gets its words as they are: no shell reads them", () => {
    const shells = filesWith(/\bshell:|\bexecSync\b|\bexec\b.*from "node:child_process"/);
    expect(shells.filter((file) => file.startsWith("src/checks/"))).toEqual([]);
  });

  it("no text becomes code, and none becomes HTML past the sanitiser", () => {
    expect(
      filesWith(/\beval\(|new Function\(|innerHTML|outerHTML|insertAdjacentHTML|document\.write/),
    ).toEqual([]);
    expect(filesWith(/createPolicy|"dompurify"/)).toEqual([
      "src/webview/markdown/safe-fragment.ts",
    ]);
  });

  it("no terminal and no task is ever opened", () => {
    expect(
      filesWith(/createTerminal|sendText\(|executeTask|new (?:Shell|Process|Custom)Execution/),
    ).toEqual([]);
  });
});

/**
 * The files that come with these when they are bundled for a place that has neither editor nor
 * Node.
 */
async function bundledFrom(entries: readonly string[]): Promise<string[]> {
  const { metafile } = await esbuild.build({
    entryPoints: entries.map((file) => join(root, file)),
    bundle: true,
    write: false,
    outdir: "out",
    // Libraries may have a build of their own for such places.
    platform: "browser",
    mainFields: ["browser", "module", "main"],
    metafile: true,
    absWorkingDir: root,
  });
  return Object.keys(metafile.inputs);
}

describe("a language is known in one place", () => {
  /** Ids that are words for other things too: of formats, programs, fields. */
  const otherWords =
    /^(?:log|r|python|ignore|json|diff|markdown|v|go|go\.mod|http|css|html|d|c|sql|xml|properties)$/;

  it("no code names a language's id but the table, and the rules for what a grammar reads", () => {
    const ids = languages.map(({ id }) => id).filter((id) => !otherWords.test(id));
    const key = ids.map(escapeRegExp).join("|");
    const named = new RegExp(`["'\`](?:${key})["'\`]|[{,]\\s*(?:${key}):`);
    expect(filesWith(named).filter((file) => !file.startsWith("src/base/languages/"))).toEqual([
      "src/syntax/languages/languages.ts",
    ]);
  });

  it("what a grammar reads has rules", () => {
    const wanted = languages.filter(({ grammar }) => grammar !== undefined).map(({ id }) => id);
    expect(wanted.filter((id) => parsedLanguage(id) === undefined)).toEqual([]);
  });

  it("no two languages have one id, one name or one kind of file", () => {
    const twice = (words: readonly string[]): string[] =>
      words.filter((word, at) => words.indexOf(word) !== at);
    expect(twice(languages.map(({ id }) => id))).toEqual([]);
    expect(twice(languages.flatMap(({ aliases }) => wordsOf(aliases)))).toEqual([]);
    const files = languages.flatMap(({ endings, files }) => [
      ...wordsOf(endings),
      ...wordsOf(files),
    ]);
    expect(twice(files)).toEqual([]);
    const known = new Set(languages.map(({ id }) => id));
    const meant = languages.flatMap(({ dialectOf, holds }) => [
      ...wordsOf(dialectOf),
      ...wordsOf(holds),
    ]);
    expect(meant.filter((id) => id !== "*" && !known.has(id))).toEqual([]);
  });
});

describe("the core has no idea that an editor exists", () => {
  it("it can be bundled for a place that has neither editor nor Node", async () => {
    const files = await bundledFrom(["src/core/run/assistant.ts", "src/core/edit/plan-edits.ts"]);
    expect(
      files.filter((file) => !/^src\/(base|core|protocol|runs)\/|(^|\/)node_modules\//.test(file)),
    ).toEqual([]);
  });

  it("the ground floor stands on nothing but libraries", async () => {
    const files = await bundledFrom(sources.filter((file) => file.startsWith("src/base/")));
    expect(files).toContain("src/base/thoughts/thought-splitter.ts");
    expect(files.filter((file) => !/^src\/base\/|(^|\/)node_modules\//.test(file))).toEqual([]);
  });

  it("only the editor's folder and the composition root know the editor", () => {
    expect(
      filesWith(/from "vscode"/).filter((file) => !/^src\/(editor\/|extension\.ts$)/.test(file)),
    ).toEqual([]);
  });

  it("what knows no editor does not stand among what does", () => {
    const knowing = new Set(filesWith(/from "vscode"/));
    const editor = sources.filter((file) => file.startsWith("src/editor/"));
    expect(editor.filter((file) => !knowing.has(file))).toEqual([]);
    // A place for values is a port of ours; the editor's fits it.
    expect(filesWith(/import type \{ Memento \} from "vscode"/)).toEqual([]);
  });
});

describe("a text is cut into lines in one place", () => {
  const edit = (file: string): boolean => file.startsWith("src/core/edit/");

  it("the edit engine reads none with a fallback of its own", () => {
    // `lines[at] ?? ""`, `lines.at(-1) ?? ""`, `lines[at]?.trim() ?? ""`, `scan[at]?.mask ?? ""`.
    const own =
      /(?:\w\[[^\]\n"']+\](?:\?\.mask)?|\.at\([^)\n]*\))(?:\??\.\w+\([^()\n]*\))* \?\? ""/;
    expect(filesWith(own).filter(edit)).toEqual(["src/core/edit/text/scan-line.ts"]);
    expect(filesWith(/\[[\w.#]+\.length - 1\](?! =[^=])/).filter(edit)).toEqual([]);
  });

  it("nobody else looks for their ends, and the edit engine takes no mark off by hand", () => {
    expect(filesWith(/indexOf\("\\r"/)).toEqual(["src/base/text/lines.ts"]);
    expect(filesWith(/startsWith\((?:byteOrderMark|"\\u[Ff][Ee][Ff][Ff]")\)/).filter(edit)).toEqual(
      [],
    );
  });
});

describe("a server of models is known to its adapter and to the set-up", () => {
  /** A folder each. */
  const adapters = readdirSync(join(root, "src/core/model"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .join("|");
  const servers = new RegExp(`${adapters}|vllm|sglang|lm ?studio|litellm`, "i");
  const own = new RegExp(`^src/(core/model/(${adapters})|model-setup|editor/model)/`);

  it("nobody else names one but in words for the person, and where old logs name it", () => {
    expect(filesWith(servers).filter((file) => !own.test(file))).toEqual([
      // The usage says what a server may be, and where one is looked for by default.
      "src/cli/arguments.ts",
      // It says in which variable a password may be told.
      "src/cli/reporter.ts",
      // Each adapter has words of its own for what goes wrong; old logs name no server.
      "src/core/describe-failure.ts",
      // They advise to install one.
      "src/core/failure-words/built-in-engine.ts",
      // A log of 0.1 names one of two protocols.
      "src/runs/wire-of-old-log.ts",
      // The first start says whom it looked for, and offers to start it.
      "src/webview/view/setup-view.ts",
    ]);
  });

  it("the core takes nothing from an adapter but its words", () => {
    const taking = filesWith(
      new RegExp(`from "(?:[^"]*/)?model/(?:${adapters})/|from "\\./(?:${adapters})/`),
    );
    const core = taking.filter((file) => file.startsWith("src/core/"));
    expect(core).toEqual(["src/core/describe-failure.ts"]);
  });
});

it("private members begin with #, so that nothing reaches them and one way is enough", () => {
  expect(filesWith(/^\s*(?:private|protected) (?!constructor)|\((?:private|protected) /m)).toEqual(
    [],
  );
});

it("what the edit engine decides by figures stands in one table", () => {
  const tables = ["src/core/edit/limits.ts", "src/core/edit/thresholds.ts"];
  const constant = /^(?:export )?const \w+ = [\d._]+;/m;
  const compared = /(?:[<>]=?|\*) 0?\.\d+|[<>]=? \d{2,}\b(?!.*0x10ffff)/;
  const others = [...filesWith(constant), ...filesWith(compared)];
  expect(
    others.filter((file) => file.startsWith("src/core/edit/") && !tables.includes(file)),
  ).toEqual([]);
});

it("comments are as narrow as code", () => {
  // Examples in columns and what stands in one pair of backticks cannot be broken.
  const breakable = /^\s*(\*|\/\/) (?! {3}|`[^`]*`$)/;
  const wide = sources.filter((file) =>
    readFileSync(join(root, file), "utf8")
      .split("\n")
      .some((line) => line.length > 100 && breakable.test(line)),
  );
  expect(wide).toEqual([]);
});

it("a test is called it, by one name for all", () => {
  const otherName = /^import \{[^}]*\b(?:test|specify)\b[^}]*\} from "(?:vitest|.*\/shared-desk)"/m;
  const others = filesIn("test").filter((file) =>
    otherName.test(readFileSync(join(root, file), "utf8")),
  );
  expect(others).toEqual([]);
});
