// The assistant without an editor: `npm run fix -- FILE`. Sets up what it needs, telling of it on
// standard error, and then is the program dist/cli.cjs itself, in this process, so that signals and
// the exit code need nobody to pass them on.
import { createRequire } from "node:module";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureModel } from "./setup/model.mjs";
import { makeReady } from "./setup/ready.mjs";
import { root } from "./setup/root.mjs";
import { speakOn } from "./setup/step.mjs";

// Not strict: the program itself says what is wrong with its options.
const { positionals, values } = parseArgs({
  options: {
    model: { type: "string" },
    endpoint: { type: "string" },
    help: { type: "boolean", short: "h" },
  },
  strict: false,
  allowPositionals: true,
});
speakOn(process.stderr);
await makeReady(2);
// An address that was named is meant, and a call that only gets the usage needs nobody to ask.
if (!values.help && positionals.length > 0 && (values.endpoint ?? "") === "") {
  try {
    await ensureModel(typeof values.model === "string" ? values.model : "");
  } catch (error) {
    // The program says it again in its own way, to whoever reads its events too.
    console.error(error.message);
  }
}
// npm starts scripts in the clone's folder; a person means the folder that they are in.
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
createRequire(import.meta.url)(join(root, "dist/cli.cjs"));
