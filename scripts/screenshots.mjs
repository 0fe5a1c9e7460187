// Takes the pictures of the README from the real workbench into docs/images: `npm run screenshots`,
// or only some themes with `npm run screenshots -- dark`. `--into FOLDER` puts them elsewhere.
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ensureBuilt } from "./setup/built.mjs";
import { bundled } from "./setup/bundled.mjs";
import { ensureChromium } from "./setup/chromium.mjs";
import { ensureNodeModules } from "./setup/node-modules.mjs";
import { root } from "./setup/root.mjs";
import { say } from "./setup/step.mjs";
import { ensureWorkbench } from "./setup/workbench.mjs";

const { positionals: named, values } = parseArgs({
  options: { into: { type: "string", default: join(root, "docs/images") } },
  allowPositionals: true,
});
const into = resolve(values.into);
const themes = named.length > 0 ? named : ["dark", "light"];

try {
  await ensureNodeModules();
  await ensureBuilt();
  await ensureChromium();
  await ensureWorkbench();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
const [pictures = ""] = await bundled(["test/ui/support/pictures.ts"], "pictures");
const { takePictures } = createRequire(import.meta.url)(pictures);
for (const theme of themes) {
  await takePictures(into, theme);
  say(`${theme}: pictures are in ${into}`);
}
