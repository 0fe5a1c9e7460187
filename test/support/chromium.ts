import { type Browser, chromium } from "playwright-core";
import { installedTools } from "../../scripts/setup/tools.mjs";

/** Starts the machine's own Chromium, Chrome or Edge without a window. Close it when done. */
export function launchChromium(
  executablePath: string = installedTools().chromium,
): Promise<Browser> {
  return chromium.launch({
    executablePath,
    // Containers mostly lack what the sandbox needs; only our own pages are loaded.
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
