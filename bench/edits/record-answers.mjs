// Records what real small models answer to edit requests about the programs in test/fixtures/edits,
// asked in the product's own words through the built-in engine. Goes on where the last recording
// stopped; an interruption loses the answer that was being written. nice -n 19 node
// bench/edits/record-answers.mjs [COUNT] [MODEL] [THREADS]; on a busy machine one thread gets
// further than two that wait for each other.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { answerTasks } from "./answer-tasks.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const fixtures = new URL("../../test/fixtures/edits/", import.meta.url);
const count = Number(process.argv[2] ?? Number.POSITIVE_INFINITY);
const model = process.argv[3] ?? "coder-1.5b";
const threads = Number(process.argv[4] ?? 0);
const contextTokens = 4096;
/** Others on the same machine wait for their turn with a model. */
const pauseMs = 600;

const { buildPrompt, createSyntaxSource, Grammars, EngineProcess, engine } = await product();
const wasm = dirname(createRequire(join(root, "package.json")).resolve("@vscode/tree-sitter-wasm"));
const syntax = createSyntaxSource(
  new Grammars((name) =>
    join(wasm, name === "tree-sitter" ? "tree-sitter.wasm" : `tree-sitter-${name}.wasm`),
  ),
);
const languages = {
  py: "python",
  js: "javascript",
  ts: "typescript",
  go: "go",
  rs: "rust",
  java: "java",
  c: "c",
  cpp: "cpp",
  cs: "csharp",
  rb: "ruby",
  php: "php",
};

const outPath = fileURLToPath(new URL(`real-answers/${model}.json`, fixtures));
const answers = existsSync(outPath) ? JSON.parse(readFileSync(outPath, "utf8")) : [];
const done = new Set(answers.map((one) => one.id));
const todo = answerTasks(fixtures, model)
  .filter((task) => !done.has(task.id))
  .slice(0, count);

const { script, remove } = await engine.buildEngine();
const running = new EngineProcess({
  script,
  runtimeFolder: engine.runtimeFolder,
  modelsFolder: engine.modelsFolder,
  modelFiles: [],
  threads,
});
try {
  for (const task of todo) await record(task);
} finally {
  await running.dispose();
  remove();
}

async function record(task) {
  const text = textOf(task);
  const { content, targetLines } = await promptOf(task, text);
  const giveBack = await engine.takeTurn();
  let answered;
  const start = performance.now();
  try {
    const response = await engine.call(running, "/api/chat", {
      model,
      messages: [{ role: "user", content }],
      stream: false,
      think: task.think === true,
      keep_alive: -1,
      options: {
        num_ctx: contextTokens,
        num_predict: task.maxTokens,
        temperature: task.temperature,
        top_p: 0.95,
        seed: task.seed,
      },
    });
    answered = await response.json();
  } finally {
    giveBack();
  }
  if (answered.message === undefined) throw new Error(`${task.id}: ${JSON.stringify(answered)}`);
  const { id, file, bug, target, form, question, temperature, seed } = task;
  const thought = answered.message.thinking;
  answers.push({
    id,
    model,
    file,
    ...(bug === undefined ? {} : { bug }),
    target,
    form,
    ...(question === undefined ? {} : { question }),
    sampling: { temperature, topP: 0.95, seed },
    targetLines,
    truncated: answered.done_reason === "length",
    ...(thought === undefined ? {} : { thought }),
    answer: answered.message.content,
  });
  writeFileSync(`${outPath}.new`, `${JSON.stringify(answers, null, 1)}\n`);
  renameSync(`${outPath}.new`, outPath);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stderr.write(
    `${answers.length} ${id} ${answered.message.content.length} characters, ${seconds} s\n`,
  );
  await new Promise((resolve) => setTimeout(resolve, pauseMs));
}

function textOf(task) {
  const right = readFileSync(new URL(`programs/${task.file}`, fixtures), "utf8");
  if (task.bug === undefined) return right;
  const text = right.replace(task.right, () => task.wrong);
  if (text === right) throw new Error(`no such text: ${task.id}`);
  return text;
}

async function promptOf(task, text) {
  const languageId = languages[task.file.split(".").at(-1)];
  const outline = (await syntax.outline(languageId, text)) ?? [];
  const symbol = outline.find((one) => one.name === task.target);
  if (symbol === undefined) throw new Error(`no such declaration: ${task.id}`);
  const lines = text.split("\n");
  const range = task.wholeFile
    ? {
        start: { line: 0, character: 0 },
        end: { line: lines.length - 1, character: lines.at(-1).length },
      }
    : { start: symbol.bodyRange.start, end: symbol.bodyRange.start };
  const target = {
    uri: `file:///project/src/${task.file}`,
    path: `src/${task.file}`,
    languageId,
    version: 1,
    text,
    range,
    diagnostics: [],
  };
  const context = task.wholeFile ? undefined : await syntax.context(target);
  const { messages, context: shown } = buildPrompt({
    action: task.action,
    target,
    syntax: context,
    contextTokens,
    think: task.think === true,
    attempt: task.attempt ?? 1,
    ...(task.question === undefined ? {} : { question: task.question }),
  });
  const { start, end } = shown.symbol?.range ?? range;
  const [whole] = messages.map((message) => message.content);
  const shownCode = whole.slice(0, whole.lastIndexOf("\n\nThere is a bug in "));
  const content = task.words === undefined ? whole : `${shownCode}\n\n${task.words}`;
  return { content, targetLines: [start.line + 1, end.character === 0 ? end.line : end.line + 1] };
}

/** The product's own parts, bundled as the product is. */
async function product() {
  const outfile = join(root, "node_modules", `.record-answers-${process.pid}.cjs`);
  try {
    await esbuild.build({
      stdin: {
        contents: `
export { buildPrompt } from "./src/core/prompt/build-prompt";
export { createSyntaxSource } from "./src/syntax/syntax-source";
export { Grammars } from "./src/syntax/grammars";
export { EngineProcess } from "./src/model-setup/engine-process";
export * as engine from "./test/built-in-engine/engine-fixture";`,
        resolveDir: root,
        loader: "ts",
      },
      outfile,
      bundle: true,
      platform: "node",
      format: "cjs",
      packages: "external",
      define: { "import.meta.dirname": JSON.stringify(join(root, "test/built-in-engine")) },
    });
    return createRequire(import.meta.url)(outfile);
  } finally {
    rmSync(outfile, { force: true });
  }
}
