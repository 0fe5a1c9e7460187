// Has a model fix small real bugs and runs their tests: `npm run eval -- [--model M] [--variant A --variant B] ...`. It goes through
// `npm run fix`'s own program; eval/ holds the cases and what judges them.
import { createRequire } from "node:module";
import { join } from "node:path";
import { makeReady } from "./setup/ready.mjs";
import { root } from "./setup/root.mjs";
import { speakOn } from "./setup/step.mjs";

speakOn(process.stderr);
await makeReady(1);
const esbuild = await import("esbuild");
const outfile = join(root, "dist/eval.cjs");
await esbuild.build({
  entryPoints: [join(root, "eval/main.ts")],
  outfile,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  packages: "external",
  logLevel: "warning",
});
// Paths are meant from where the person is.
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
const { evaluation } = createRequire(import.meta.url)(outfile);
process.exit(await evaluation(process.argv.slice(2), root));
