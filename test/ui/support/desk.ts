import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { expect, type TestContext } from "vitest";
import {
  drawnStyle,
  type OpenPageOptions,
  startWorkbench,
  type Workbench,
} from "../../support/workbench";
import { untilExtensionRuns } from "./hands";

const clone = join(import.meta.dirname, "../../..");
const sample = join(clone, "test/sample");

/** Two commands of the palette would take as long as half a test. */
const tidyKeys = "Control+Alt+Shift+F9";
const tidyBinding = {
  key: tidyKeys.replace("Control", "Ctrl").toLowerCase(),
  command: "runCommands",
  args: { commands: ["workbench.action.closeAllEditors", "notifications.clearAll"] },
};

export interface DeskOptions {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** What else is in the folder, by the path in it. */
  readonly files?: Readonly<Record<string, string>>;
  readonly window?: Pick<OpenPageOptions, "viewport" | "isDrawn">;
}

/**
 * A person's desk: the real workbench with the extension installed, a folder with programs, and a
 * window.
 */
export interface Desk {
  readonly page: Page;
  readonly workbench: Workbench;
  readonly folder: string;
  /**
   * A copy of a program of test/sample that no other test has touched. @returns its absolute path.
   */
  freshFile(name: string): string;
  read(path: string): string;
  /**
   * Clears what an earlier test left on the screen; if this test fails, a picture of the screen is
   * kept.
   */
  tidy(context: Pick<TestContext, "task" | "onTestFailed">): Promise<void>;
  leave(): Promise<void>;
}

export async function takeDesk(options: DeskOptions): Promise<Desk> {
  const { settings, environment, files = {}, window = {} } = options;
  const parent = realpathSync(mkdtempSync(join(tmpdir(), "thinkaloud-desk-")));
  const folder = join(parent, "programs");
  cpSync(sample, folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const workbench = await startWorkbench({
    extension: clone,
    workspace: folder,
    mode: "person",
    // A question about checks would lie over what these tests click; the test that is about it
    // turns them on.
    settings: { "thinkaloud.checks": "off", ...settings },
    keybindings: [tidyBinding],
    ...(environment === undefined ? {} : { environment }),
  });
  const leave = async (): Promise<void> => {
    await workbench.stop();
    rmSync(parent, { recursive: true, force: true });
  };
  let copies = 0;
  try {
    const page = await workbench.openPage(window);
    page.setDefaultTimeout(30_000);
    await untilExtensionRuns(page);
    return {
      page,
      workbench,
      folder,
      leave,
      async tidy({ task, onTestFailed }) {
        onTestFailed(async () => {
          const picture = join(
            tmpdir(),
            `thinkaloud-ui-${task.name.replace(/\W+/g, "-").slice(0, 60)}.png`,
          );
          await page.screenshot({ path: picture, style: drawnStyle });
          console.log(`The screen as it was: ${picture}`);
        });
        await page.keyboard.press("Escape");
        // A run that a failed test left behind.
        await page.keyboard.press("Control+Alt+Backspace");
        await page.keyboard.press(tidyKeys);
        for (const left of [".editor-group-container .tab", ".notification-toast"])
          await expect.poll(() => page.locator(left).count()).toBe(0);
      },
      read: (path) => readFileSync(path, "utf8"),
      freshFile(name) {
        const path = join(folder, `copy-${++copies}`, name);
        mkdirSync(dirname(path), { recursive: true });
        cpSync(join(sample, name), path);
        return path;
      },
    };
  } catch (error) {
    await leave();
    throw error;
  }
}
