// The files that make the extension, as they go into a VSIX and into a workbench's extensions folder.
import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const files = ["package.json", "README.md", "CHANGELOG.md", "LICENSE", ".vscodeignore", "media"];
const bundles = ["extension.cjs", "server.cjs", "engine.cjs", "webview.js", "grammars"];

/** Copies what the extension needs at run time from a clone to `folder`; `dist` names the folder of its bundles, the clone's own if absent. */
export function copyExtension(clone, folder, dist = join(clone, "dist")) {
  mkdirSync(join(folder, "dist"), { recursive: true });
  for (const name of files) copy(join(clone, name), join(folder, name));
  for (const name of bundles) copy(join(dist, name), join(folder, "dist", name));
}

/** Puts the extension of a clone into an empty extensions folder, under the name that VS Code gives it. */
export function installIntoFolder(clone, extensionsFolder) {
  const { publisher, name, version } = JSON.parse(readFileSync(join(clone, "package.json"), "utf8"));
  copyExtension(clone, join(extensionsFolder, `${publisher}.${name}-${version}`));
}

function copy(from, to) {
  if (existsSync(from)) cpSync(from, to, { recursive: true });
}
