import { readFileSync } from "node:fs";

const answerTokens = 560;
const fileTokens = 720;
const wholeFileLines = 70;
/** The tiny model repeats itself; the rest of it tells nothing new. */
const tinyTokens = 240;

/**
 * What is asked about a seeded bug besides the product's own first question; the bugs take turns
 * with them.
 */
const otherForms = [
  (bug) => ({
    form: "free",
    words: `\`${bug.target}\` has a bug. ${hint(bug)}How would you fix it?`,
    temperature: 0.6,
    seed: 3,
  }),
  (bug) => ({
    form: "lines",
    words: `There is a bug in \`${bug.target}\`. ${hint(bug)}Show only the lines that must change.`,
    temperature: 0.6,
    seed: 4,
  }),
  () => ({ form: "think", think: true, temperature: 0.6, seed: 5 }),
  (bug) => ({
    form: "diff",
    words: `There is a bug in \`${bug.target}\`. ${hint(bug)}Answer with a unified diff.`,
    temperature: 0.6,
    seed: 6,
  }),
  (bug) =>
    bug.isLong
      ? { form: "again", attempt: 2, temperature: 0.9, seed: 7 }
      : { form: "file", wholeFile: true, temperature: 0, seed: 1, maxTokens: fileTokens },
];

const hint = (bug) => (bug.why === undefined ? "" : `What goes wrong: ${bug.why}. `);

/**
 * Everything that a model is asked, in an order that mixes the languages and keeps the same code
 * together.
 */
export function answerTasks(fixtures, model) {
  const bugs = longFirst(
    fixtures,
    inTurns(JSON.parse(readFileSync(new URL("bugs.json", fixtures), "utf8"))),
  );
  const requests = longFirst(
    fixtures,
    JSON.parse(readFileSync(new URL("requests.json", fixtures), "utf8")),
  );
  const tiny = model === "smollm2-135m";
  const tasks = [];
  const count = Math.max(bugs.length, requests.length);
  for (let index = 0; index < count; index++) {
    if (bugs[index])
      tasks.push(...(tiny ? tinyTasks(bugs[index], index) : bugTasks(bugs[index], index)));
    if (requests[index] && (!tiny || index < 10)) tasks.push(requestTask(requests[index]));
  }
  return named(tiny ? tasks.map((task) => ({ ...task, maxTokens: tinyTokens })) : tasks, model);
}

function bugTasks(bug, index) {
  const asked = `\`${bug.target}\` has a bug. ${hint(bug)}Fix it.`;
  return [
    { form: "fix", action: "fix", temperature: 0, seed: 1 },
    { form: "retry", action: "fix", attempt: 2, temperature: 0.9, seed: 1 },
    { form: "blocks", action: "ask", question: asked, temperature: 0.6, seed: 2 },
    otherForms[index % otherForms.length](bug),
    ...(index % 3 === 0 ? [otherForms[(index + 2) % otherForms.length](bug)] : []),
  ].map((task) => withBug(task, bug));
}

function tinyTasks(bug, index) {
  const asked = `\`${bug.target}\` has a bug. ${hint(bug)}Fix it.`;
  const choices = [
    { form: "fix", action: "fix", temperature: 0, seed: 1 },
    { form: "blocks", action: "ask", question: asked, temperature: 0.6, seed: 2 },
    otherForms[0](bug),
  ];
  return [withBug(choices[index % choices.length], bug)];
}

function withBug(task, { file, target, right, wrong }) {
  return {
    action: "fix",
    maxTokens: answerTokens,
    ...task,
    file,
    bug: target,
    target,
    right,
    wrong,
  };
}

function requestTask({ file, target, action, question }) {
  const form = action === "ask" ? "request" : action;
  return {
    form,
    file,
    target,
    action,
    question,
    temperature: action === "ask" ? 0.6 : 0.3,
    seed: 8,
    maxTokens: answerTokens,
  };
}

/**
 * Of a long program one declaration is shown, of a short one all of it, which takes a model several
 * times as long to read and write.
 */
function longFirst(fixtures, list) {
  const marked = list.map((one) => {
    const lines = readFileSync(new URL(`programs/${one.file}`, fixtures), "utf8").split("\n");
    return { ...one, isLong: lines.length > wholeFileLines };
  });
  return [...marked.filter((one) => one.isLong), ...marked.filter((one) => !one.isLong)];
}

/** One of each file, then the next of each file, so that a recording cut short has them all. */
function inTurns(bugs) {
  const files = [...new Set(bugs.map((bug) => bug.file))];
  const byFile = files.map((file) => bugs.filter((bug) => bug.file === file));
  const longest = Math.max(...byFile.map((list) => list.length));
  return Array.from({ length: longest }, (_, at) =>
    byFile.flatMap((list) => list.slice(at, at + 1)),
  ).flat();
}

function named(tasks, model) {
  const seen = new Map();
  return tasks.map((task) => {
    const name = `${model} ${task.file} ${task.target} ${task.form}`;
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return { ...task, id: nth === 1 ? name : `${name} ${nth}` };
  });
}
