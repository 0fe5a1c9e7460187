// The browser that drives the workbench in tests and screenshots.
import { existsSync } from "node:fs";
import { installCommand, installPackages, mayInstallPackages } from "./debian.mjs";
import { onPath } from "./run-command.mjs";

const names = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "microsoft-edge",
  "msedge",
];
/** @type {Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>>} */
const places = {
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  win32: [
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
    "C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe",
  ],
};

/** Path of a Chromium, Chrome or Edge (`CHROMIUM` names one), or undefined. */
export function findChromium(environment = process.env) {
  if (environment.CHROMIUM) return environment.CHROMIUM;
  for (const name of names) {
    const path = onPath(name, environment);
    if (path !== undefined) return path;
  }
  return (places[process.platform] ?? []).find((path) => existsSync(path));
}

/** Path of a browser, installed where that is allowed; else an error that says what to type. */
export async function ensureChromium() {
  const found = findChromium();
  if (found !== undefined) return found;
  if (mayInstallPackages()) {
    await installPackages(["chromium"]);
    const installed = findChromium();
    if (installed !== undefined) return installed;
  }
  const how =
    process.platform === "linux" ? `type: ${installCommand(["chromium"])}` : "install Chrome";
  throw new Error(
    `No Chromium, Chrome or Edge on this machine; ${how} (or set CHROMIUM to the program's path).`,
  );
}
