// What the set-up has installed, found without installing anything.
import { findChromium } from "./chromium.mjs";
import { findNode24 } from "./node24.mjs";
import { findWorkbench } from "./workbench.mjs";

/**
 * @typedef {object} Tools
 * @property {string} node24 path of a Node 24
 * @property {string} serverMain path of VS Code's server-main.js
 * @property {string} chromium path of a Chromium, Chrome or Edge
 */

/**
 * Paths of the tools that the tests drive. Throws an error that names what is missing.
 * @returns {Tools}
 */
export function installedTools() {
  const node24 = findNode24();
  const serverMain = findWorkbench();
  const chromium = findChromium();
  if (node24 !== undefined && serverMain !== undefined && chromium !== undefined)
    return { node24, serverMain, chromium };
  const missing = Object.entries({ node24, serverMain, chromium })
    .filter(([, path]) => path === undefined)
    .map(([name]) => name);
  throw new Error(`Not installed: ${missing.join(", ")}. \`npm test\` installs it.`);
}
