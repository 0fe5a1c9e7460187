// The files that make the extension, as they go into a VSIX and into a workbench's extensions
// folder.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const files = [
  "package.json",
  "package.nls.json",
  "package.nls.fr.json",
  "l10n",
  "README.md",
  "CHANGELOG.md",
  "LICENSE",
  ".vscodeignore",
  "media/icon.png",
  "media/icon.svg",
  "media/proposals",
  "media/walkthrough",
];
const bundles = [
  "extension.cjs",
  "main.cjs",
  "undici.cjs",
  "server.cjs",
  "engine.cjs",
  "webview.js",
  "panel.css",
  "grammars",
];

/**
 * Copies what the extension needs at run time from a clone to `folder`; `dist` names the folder of
 * its bundles, the clone's own if absent.
 * @param {string} clone
 * @param {string} folder
 */
export function copyExtension(clone, folder, dist = join(clone, "dist")) {
  mkdirSync(join(folder, "dist"), { recursive: true });
  for (const name of files) copy(join(clone, name), join(folder, name));
  // What the extension reads when it is first needed goes beside it: the build names these files.
  const parts = readdirSync(dist).filter((name) => /^part-\w+\.cjs$/.test(name));
  for (const name of [...bundles, ...parts]) copy(join(dist, name), join(folder, "dist", name));
}

/**
 * Puts the extension of a clone into an empty extensions folder, under the name that VS Code gives
 * it.
 * @param {string} clone
 * @param {string} extensionsFolder
 */
export function installIntoFolder(clone, extensionsFolder) {
  const { publisher, name, version } = JSON.parse(
    readFileSync(join(clone, "package.json"), "utf8"),
  );
  copyExtension(clone, join(extensionsFolder, `${publisher}.${name}-${version}`));
}

/**
 * @param {string} from
 * @param {string} to
 */
function copy(from, to) {
  if (!existsSync(from)) return;
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true });
}
