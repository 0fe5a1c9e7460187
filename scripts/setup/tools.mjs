// What the set-up has installed, found without installing anything.
import { findChromium } from "./chromium.mjs";
import { findNode24 } from "./node24.mjs";
import { findWorkbench } from "./workbench.mjs";

/** See tools.d.mts. */
export function installedTools() {
  const tools = { node24: findNode24(), serverMain: findWorkbench(), chromium: findChromium() };
  const missing = Object.keys(tools).filter((name) => tools[name] === undefined);
  if (missing.length > 0)
    throw new Error(`Not installed: ${missing.join(", ")}. \`npm test\` installs it.`);
  return tools;
}
