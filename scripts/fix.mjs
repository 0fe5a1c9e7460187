// The assistant without an editor: `npm run fix -- FILE`. Sets up what it needs, telling of it on
// standard error, and then is the program dist/cli.cjs itself, in this process, so that signals and
// the exit code need nobody to pass them on.
import { createRequire } from "node:module";
import { join } from "node:path";
import { ensureModel } from "./setup/model.mjs";
import { makeReady } from "./setup/ready.mjs";
import { root } from "./setup/root.mjs";
import { speakOn } from "./setup/step.mjs";

const words = process.argv.slice(2);
speakOn(process.stderr);
await makeReady(2);
if (needsModel(words)) {
  try {
    await ensureModel(optionValue("--model", words));
  } catch (error) {
    // The program says it again in its own way, to whoever reads its events too.
    console.error(error.message);
  }
}
// npm starts scripts in the clone's folder; a person means the folder that they are in.
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
createRequire(import.meta.url)(join(root, "dist/cli.cjs"));

/**
 * An address that was named is meant, and a call that only gets the usage needs nobody to ask.
 * @param {readonly string[]} words
 */
function needsModel(words) {
  const asksHelp = words.includes("--help") || words.includes("-h");
  return (
    !asksHelp &&
    words.some((word) => !word.startsWith("-")) &&
    optionValue("--endpoint", words) === ""
  );
}

/**
 * @param {string} option
 * @param {readonly string[]} words
 */
function optionValue(option, words) {
  const at = words.indexOf(option);
  const joined = words.find((word) => word.startsWith(`${option}=`));
  return at >= 0 ? (words[at + 1] ?? "") : (joined?.slice(option.length + 1) ?? "");
}
