import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { EditSyntax } from "../src/core/edit/edit-plan";
import { planEdits } from "../src/core/edit/plan-edits";
import { serverRequests } from "../src/protocol/language-server";
import { OpenDocument } from "../src/server/open-document";
import { TextAnswers } from "../src/session/syntax/text-answers";
import { Grammars } from "../src/syntax/grammars";
import { syntaxContext } from "../src/syntax/syntax-context";
import { createSyntaxSource, type TextSyntax } from "../src/syntax/syntax-source";
import { startServer } from "../test/server/spawned-server";
import type { BenchResult } from "./bench-result";
import { longFile, longPythonFile } from "./support/long-file";
import { median, percentile95 } from "./support/percentile";

const wasm = dirname(
  createRequire(join(process.cwd(), "package.json")).resolve("@vscode/tree-sitter-wasm"),
);
const rounds = 40;

const middle = { line: 5_000, character: 4 };

/** What a keystroke, a click and an edit cost in a file of 10,000 lines. */
export async function bench(): Promise<BenchResult[]> {
  const grammars = new Grammars((name) =>
    join(wasm, name === "tree-sitter" ? "tree-sitter.wasm" : `tree-sitter-${name}.wasm`),
  );
  return [
    ...(await openDocument(grammars)),
    ...(await editsIn(typescript, grammars)),
    ...(await editsIn(python, grammars)),
    ...(await overTheServer(typescript)),
  ];
}

/** What the language server does between a keystroke or a click and its answer. */
async function openDocument(grammars: Grammars): Promise<BenchResult[]> {
  const text = longFile();
  const note = noteOf("TypeScript", text);
  const loading = performance.now();
  const grammar = await grammars.load("typescript");
  const loadMs = performance.now() - loading;
  if (grammar === undefined) throw new Error("The TypeScript grammar is not there.");

  const whole = await percentile(() => grammar.parse(text)?.delete());
  const start = TextDocument.create("file:///bench.ts", "typescript", 1, text);
  const document = new OpenDocument(start, grammars, () => {});
  await document.declarations();
  let version = 2;
  const type = (): void =>
    document.update([{ range: { start: middle, end: middle }, text: "x" }], version++);
  const keystroke = await percentile(async () => {
    type();
    await document.parsed();
  });
  const firstClick = await percentile(async () => {
    type();
    await context(document);
  });
  const click = await percentile(() => context(document));
  document.close();
  const usual = `${note}; the usual case: the declarations were read while nobody asked`;
  return [
    {
      name: "load the runtime and a grammar",
      value: loadMs,
      unit: "ms",
      note: "once per language",
    },
    { name: "parse a whole file", value: whole, unit: "ms", note },
    { name: "follow a keystroke", value: keystroke, unit: "ms", note },
    { name: "context of a place right after a keystroke", value: firstClick, unit: "ms", note },
    { name: "context of a place", value: click, unit: "ms", note: usual },
  ];
}

interface LongFile {
  readonly name: string;
  readonly languageId: string;
  readonly path: string;
  readonly text: string;
  /** The function that is edited, as it is. */
  readonly old: string;
  /** The same with a line more, in another way in each round. */
  readonly edited: (round: number) => string;
}

const typescript: LongFile = {
  name: "TypeScript",
  languageId: "typescript",
  path: "long.ts",
  text: longFile(),
  old: /export function describe250[\s\S]*?\n\}/.exec(longFile())?.[0] ?? "",
  edited: (round) =>
    typescript.old.replace("  return name", `  console.log(name, ${round});\n  return name`),
};

const python: LongFile = {
  name: "Python",
  languageId: "python",
  path: "long.py",
  text: longPythonFile(),
  old: /def describe250[\s\S]*?\n(?=\n\n)/.exec(longPythonFile())?.[0] ?? "",
  edited: (round) => python.old.replace("    return f", `    print(name, ${round})\n    return f`),
};

/** What the edit engine asks of the syntax, and a whole edit. */
async function editsIn(file: LongFile, grammars: Grammars): Promise<BenchResult[]> {
  const { name, languageId, path, text, old, edited } = file;
  const note = noteOf(name, text, "median");
  // A source that knows no text, as if each question parsed its own.
  const anew = async <Result>(ask: (syntax: TextSyntax) => Promise<Result>): Promise<Result> => {
    const syntax = createSyntaxSource(grammars);
    return ask(syntax).finally(() => syntax.dispose());
  };
  const proposed = (round: number) => text.replace(old, () => edited(round));
  let round = 0;
  const plan = async (syntax: EditSyntax): Promise<void> => {
    const answer = `\`\`\`${languageId}\n${edited(round++)}\n\`\`\``;
    const done = await planEdits({
      answer,
      truncated: false,
      files: [{ path, languageId, text }],
      syntax,
    });
    if (done.kind !== "plan" || done.files[0]?.syntax !== "clean")
      throw new Error("The edit failed.");
  };

  const coldOutline = await typical(() =>
    anew((syntax) => syntax.outline(languageId, proposed(round++))),
  );
  const coldCheck = await typical(() =>
    anew((syntax) => syntax.check(languageId, proposed(round++))),
  );
  const coldPlan = await typical(() =>
    plan({
      outline: (...asked) => anew((syntax) => syntax.outline(...asked)),
      check: (...asked) => anew((syntax) => syntax.check(...asked)),
    }),
  );
  const standing = createSyntaxSource(grammars);
  await standing.outline(languageId, text);
  const outline = await typical(() => standing.outline(languageId, proposed(round++)));
  const check = await typical(() => standing.check(languageId, proposed(round++)));
  const both = await typical(async () => {
    const after = proposed(round++);
    await standing.check(languageId, after);
    await standing.outline(languageId, after);
  });
  const warmPlan = await typical(() => plan(standing));
  standing.dispose();
  const result = (what: string, value: number): BenchResult => ({
    name: what,
    value,
    unit: "ms",
    note,
  });
  return [
    result("outline, cold", coldOutline),
    result("outline after an edit, the tree standing", outline),
    result("check, cold", coldCheck),
    result("check after an edit, the tree standing", check),
    result("check and outline after an edit, the tree standing", both),
    result("plan one edited function, cold", coldPlan),
    result("plan one edited function, the tree standing", warmPlan),
  ];
}

/** The same from another process, as the editor asks it. */
async function overTheServer(file: LongFile): Promise<BenchResult[]> {
  const { name, languageId, text, old, edited } = file;
  const grammarsFolder = join(process.cwd(), "dist/grammars");
  const server = await startServer({ module: "dist/server.cjs", grammarsFolder, remove: () => {} });
  try {
    const answers = () =>
      new TextAnswers((params) => server.connection.sendRequest(serverRequests.textSyntax, params));
    const proposed = (round: number) => text.replace(old, () => edited(round));
    const near = answers();
    await near.read(languageId, text);
    let round = 0;
    const whole = await typical(() => answers().read(languageId, proposed(round++)));
    const change = await typical(() => near.read(languageId, proposed(round++)));
    const note = noteOf(name, text, "median");
    const what = "check and outline after an edit, over the language server";
    return [
      { name: `${what}, all on the wire`, value: whole, unit: "ms", note },
      { name: what, value: change, unit: "ms", note },
    ];
  } finally {
    server.process.kill();
  }
}

function noteOf(language: string, text: string, figure = "95th percentile"): string {
  return `${language}, ${text.split("\n").length} lines, ${figure} of ${rounds}`;
}

async function context(document: OpenDocument): Promise<void> {
  const known = await document.declarations();
  if (known === undefined) return;
  syntaxContext(known.declarations, known.text, { start: middle, end: middle });
}

async function percentile(work: () => unknown): Promise<number> {
  return percentile95(await timesOf(work));
}

async function typical(work: () => unknown): Promise<number> {
  return median(await timesOf(work));
}

async function timesOf(work: () => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times;
}
