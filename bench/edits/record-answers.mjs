// Records what a real small model answers to edit requests about the programs in test/fixtures/edits.
// node bench/edits/record-answers.mjs COUNT [MODEL.gguf]   goes on where the last recording stopped.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "thinkaloud");
const fixtures = new URL("../../test/fixtures/edits/", import.meta.url);
const count = Number(process.argv[2] ?? 10);
const modelPath = process.argv[3] ?? join(cache, "models", "coder-1.5b.gguf");
const { getLlama, LlamaChatSession } = await import(pathToFileURL(join(cache, "engine/node_modules/node-llama-cpp/dist/index.js")).href);

const forms = {
  rewrite: (task) =>
    `There is a bug in \`${task.target}\`. ${hint(task)}Find it and fix it.\n\nAnswer with the corrected \`${task.target}\` in one \`\`\`${task.language} code block, complete, with everything else in it kept as it is. Then say in one sentence what you changed.`,
  blocks: (task) =>
    `There is a bug in \`${task.target}\`. ${hint(task)}Find it and fix it.\n\nGive each change as a block of this form, with the lines copied exactly from the code above, then say in one sentence what you changed:\n\nsrc/${task.file}\n<<<<<<< SEARCH\nlines to replace\n=======\nthe new lines\n>>>>>>> REPLACE`,
  free: (task) => `\`${task.target}\` has a bug. ${hint(task)}Fix it.`,
  lines: (task) => `There is a bug in \`${task.target}\`. ${hint(task)}Show only the lines that must change.`,
};
const hint = (task) => (task.why ? `What goes wrong: ${task.why}. ` : "");

const bugs = JSON.parse(readFileSync(new URL("bugs.json", fixtures), "utf8"));
const tasks = [0, 1].flatMap((round) => Object.keys(forms).flatMap((form) => bugs.map((bug) => ({ ...bug, form, seed: round + 1 }))));
const outPath = new URL(`real-answers/${basename(modelPath, ".gguf")}.json`, fixtures);
const answers = existsSync(outPath) ? JSON.parse(readFileSync(outPath, "utf8")) : [];
const keyOf = (one) => `${one.file} ${one.target} ${one.form} ${one.seed}`;
const done = new Set(answers.map(keyOf));
const todo = tasks.filter((task) => !done.has(keyOf(task))).slice(0, count);
if (todo.length === 0) process.exit(0);

const llama = await getLlama({ gpu: false, build: "never", logLevel: "error", maxThreads: 2 });
const model = await llama.loadModel({ modelPath });
const context = await model.createContext({ contextSize: 4096, threads: 2 });
const sequence = context.getSequence();
for (const task of todo) {
  const right = readFileSync(new URL(`programs/${task.file}`, fixtures), "utf8");
  const text = right.replace(task.right, () => task.wrong);
  if (text === right) throw new Error(`no such text: ${keyOf(task)}`);
  const prompt = `You are a careful programmer. Here is code from a project.\n\nsrc/${task.file}:\n\`\`\`${task.language}\n${text}\`\`\`\n\n${forms[task.form](task)}`;
  const session = new LlamaChatSession({ contextSequence: sequence });
  const { responseText, stopReason } = await session.promptWithMeta(prompt, { maxTokens: 420, temperature: 0.6, topP: 0.95, seed: task.seed });
  session.dispose({ disposeSequence: false });
  const { file, target, form, seed } = task;
  answers.push({ file, target, form, seed, truncated: stopReason === "maxTokens", answer: responseText });
  writeFileSync(outPath, `${JSON.stringify(answers, null, 1)}\n`);
  process.stderr.write(`${answers.length} ${keyOf(task)} ${responseText.length}\n`);
}
process.exit(0);
