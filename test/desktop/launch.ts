import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { downloadAndUnzipVSCode, runTests } from "@vscode/test-electron";
import { hasDisplay } from "../../scripts/setup/display.mjs";
import { quietSettings, writeSettings } from "../../scripts/workbench/server.mjs";
import { resultsVariable } from "../support/layer-results";

/** Exit code that says: no desktop VS Code can be had here. */
const unavailable = 77;

/**
 * Runs the in-editor specs in a desktop VS Code that is downloaded once. The first argument is the
 * clone's folder.
 */
async function main(clone: string): Promise<number> {
  if (!hasDisplay()) {
    console.error(
      "VS Code needs a display here: sudo apt-get install -y xvfb, and run the tests again.",
    );
    return unavailable;
  }
  const cachePath = join(clone, "dist/vscode-desktop");
  const vscodeExecutablePath = await downloadAndUnzipVSCode({ version: "stable", cachePath }).catch(
    (error: unknown) => {
      console.error(
        `VS Code cannot be downloaded: ${error instanceof Error ? error.message : String(error)}`,
      );
      return undefined;
    },
  );
  if (vscodeExecutablePath === undefined) return unavailable;

  const folder = mkdtempSync(join(tmpdir(), "thinkaloud-desktop-"));
  const workspace = join(folder, "sample");
  const userData = join(folder, "user");
  cpSync(join(clone, "test/sample"), workspace, { recursive: true });
  // The desktop keeps its user settings in <user data>/User, the server in <server data>/data/User.
  writeSettings(folder, { ...quietSettings, "thinkaloud.checks": "off" });
  cpSync(join(folder, "data"), userData, { recursive: true });
  const results = process.env[resultsVariable];
  try {
    return await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: clone,
      extensionTestsPath: join(clone, "dist/test/editor/index.cjs"),
      launchArgs: [
        workspace,
        "--user-data-dir",
        userData,
        "--extensions-dir",
        join(folder, "extensions"),
        "--no-sandbox",
      ],
      extensionTestsEnv: results === undefined ? {} : { [resultsVariable]: results },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

main(resolve(process.argv[2] ?? ".")).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
