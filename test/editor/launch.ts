import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { resultsVariable } from "../support/layer-results";
import { startWorkbench } from "../support/workbench";

/**
 * Runs the specs of this folder inside the extension host of the browser workbench. The first
 * argument is the clone's folder.
 */
async function main(clone: string): Promise<number> {
  const workspace = mkdtempSync(join(tmpdir(), "thinkaloud-sample-"));
  cpSync(join(clone, "test/sample"), workspace, { recursive: true });
  const results = process.env[resultsVariable];
  const workbench = await startWorkbench({
    extension: clone,
    workspace,
    mode: "test",
    settings: {
      // Nobody is there to be asked.
      "thinkaloud.checks": "off",
      // In a browser the editor saves by itself, a second after the last change: a save that a test
      // asks for is then cut short by that one.
      "files.autoSave": "off",
    },
    testsEntry: join(clone, "dist/test/editor/index.cjs"),
    environment: results === undefined ? {} : { [resultsVariable]: results },
  });
  const stopOnSignal = (): void => void workbench.stop().then(() => process.exit(130));
  process.once("SIGINT", stopOnSignal).once("SIGTERM", stopOnSignal);
  try {
    await workbench.openPage({ onLog: (line) => console.log(line) });
    const timeoutMs = 30 * 60_000;
    const timeout = new Promise<never>((_settle, reject) => {
      setTimeout(
        () =>
          reject(
            new Error(
              `The tests inside the editor did not end within ${timeoutMs / 60_000} minutes.`,
            ),
          ),
        timeoutMs,
      ).unref();
    });
    return await Promise.race([workbench.testsEnded, timeout]);
  } finally {
    await workbench.stop();
    rmSync(workspace, { recursive: true, force: true });
  }
}

main(resolve(process.argv[2] ?? ".")).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
