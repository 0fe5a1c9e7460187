// Opens a real VS Code with the extension and the sample project, and a model that answers.
// Everything it needs it sets up itself.
import { parseArgs } from "node:util";
import { ensureBuilt } from "./setup/built.mjs";
import { hasDisplay } from "./setup/display.mjs";
import { ensureModel } from "./setup/model.mjs";
import { ensureNodeModules } from "./setup/node-modules.mjs";
import { requireNode } from "./setup/node-version.mjs";
import { onPath } from "./setup/run-command.mjs";
import { say } from "./setup/step.mjs";
import { ensureWorkbench } from "./setup/workbench.mjs";
import { openInBrowser } from "./start/browser.mjs";
import { openOnDesktop } from "./start/desktop.mjs";
import { prepareTrial } from "./start/trial.mjs";

const usage = `usage: npm start [-- --browser | --desktop] [--port PORT] [--model MODEL]

  --browser      the workbench in a browser, at an address that is printed
  --desktop      the VS Code that \`code\` starts
  --port PORT    of the workbench in the browser (default: 3210, or any free one)
  --model MODEL  the model that answers (default: the best that is there, or can be had)`;

requireNode();
let options;
try {
  options = parseArgs({
    options: {
      browser: { type: "boolean" },
      desktop: { type: "boolean" },
      port: { type: "string" },
      model: { type: "string" },
      help: { type: "boolean" },
    },
  }).values;
} catch (error) {
  console.error(`${error.message}\n${usage}`);
  process.exit(2);
}
if (options.help) {
  console.log(usage);
  process.exit(0);
}
const port = options.port === undefined ? undefined : Number(options.port);
if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65_536)) {
  console.error(`--port wants a number up to 65535, not "${options.port}".`);
  process.exit(2);
}

try {
  await ensureNodeModules();
  await ensureBuilt();
  if (options.desktop && onPath("code") === undefined)
    throw new Error("There is no `code` on the PATH: install VS Code, or leave --desktop out.");
  const onDesktop =
    !options.browser && (options.desktop || hasDisplay()) ? onPath("code") : undefined;
  const workbench = onDesktop === undefined ? await ensureWorkbench() : undefined;
  const { model, engine, endpoint } = await ensureModel(options.model);
  say(
    `\n${model} answers, run by ${engine === "daemon" ? `Ollama at ${endpoint}` : "the built-in engine"}.`,
  );
  const trial = prepareTrial({ engine, model: options.model });
  if (onDesktop !== undefined) await openOnDesktop(onDesktop, trial);
  else if (workbench !== undefined) await openInBrowser(workbench, trial, port);
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
