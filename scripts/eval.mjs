// Has a model fix small real bugs and runs their tests:
// `npm run eval -- [--model M] [--variant A --variant B] ...`. It goes through `npm run fix`'s own
// program; eval/ holds the cases and what judges them.
import { createRequire } from "node:module";
import { bundled } from "./setup/bundled.mjs";
import { makeReady } from "./setup/ready.mjs";
import { root } from "./setup/root.mjs";
import { speakOn } from "./setup/step.mjs";

speakOn(process.stderr);
await makeReady(1);
const [main = ""] = await bundled(["eval/main.ts"], "eval");
// Paths are meant from where the person is.
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
const { evaluation } = createRequire(import.meta.url)(main);
process.exit(await evaluation(process.argv.slice(2), root));
