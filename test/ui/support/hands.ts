import type { Locator, Page } from "playwright-core";

/**
 * Opens a file below the folder of the window through Quick Open, by its absolute path, with the
 * cursor at a place; lines and columns count from 1.
 */
export async function openFile(page: Page, path: string, line = 1, column = 1): Promise<void> {
  const input = await quickInput(page, "Control+p");
  await input.fill(`${path}:${line}:${column}`);
  // What the list showed before is still there for a moment, and Enter would take it.
  const folder = path.split("/").at(-2);
  await page
    .locator(`.quick-input-list .monaco-list-row.focused[aria-label*="${folder}"]`)
    .waitFor();
  await input.press("Enter");
  await page
    .locator(
      `.editor-group-container.active .tab.active[data-resource-name="${path.slice(path.lastIndexOf("/") + 1)}"]`,
    )
    .waitFor();
  await page.locator(".editor-group-container.active .monaco-editor.focused").first().waitFor();
}

/** Runs a command by its name in the palette. */
export async function runCommand(page: Page, name: string): Promise<void> {
  const input = await quickInput(page, "Control+Shift+p");
  await input.fill(`>${name}`);
  // The first row is not always the one with this very name.
  await page.locator(`.quick-input-list .monaco-list-row[aria-label^="${name}"]`).first().click();
  // The command may ask something in the same place at once.
  await page
    .locator('.quick-input-widget input.input[aria-label^="Type the name of a command"]')
    .waitFor({ state: "hidden" });
}

async function quickInput(page: Page, keys: string): Promise<Locator> {
  const input = page.locator(".quick-input-widget input.input");
  await page.keyboard.press(keys);
  await input.waitFor();
  return input;
}

/** Clicks the lightbulb beside the cursor, then the row of its menu. */
export async function clickLightbulb(page: Page, row: string): Promise<void> {
  await page
    .locator(
      ".editor-group-container.active .lightBulbWidget:visible, .editor-group-container.active .codicon-gutter-lightbulb",
    )
    .first()
    .click();
  await page.locator(".action-widget .monaco-list-row", { hasText: row }).first().click();
}

/** The writable side of the diff in front. */
export function diff(page: Page): Locator {
  return page.locator(".editor-group-container.active .monaco-diff-editor");
}

/** Where the status bar says that the cursor is. */
export function cursorPlace(page: Page): Locator {
  return page.locator('.statusbar-item[id="status.editor.selection"]');
}

/** A button of the title bar of the editor in front. */
export function titleButton(page: Page, name: string): Locator {
  return page.locator(
    `.editor-group-container.active .editor-actions .action-label[aria-label^="${name}"]`,
  );
}

/**
 * Undoes the last change and saves what that gives. The editor saves by itself too, but an undo
 * that comes while it still writes the change leads back to what it takes for saved, and is written
 * no more; its tab does not show that it is writing.
 */
export async function undo(page: Page): Promise<void> {
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+s");
}

/** As F5 does. */
export async function reloadWindow(page: Page): Promise<void> {
  await page.reload();
  await untilExtensionRuns(page);
}

/** Before that the palette does not know the extension's commands. */
export async function untilExtensionRuns(page: Page): Promise<void> {
  await page
    .locator('.statusbar-item[id="thinkaloud.thinkaloud.thinkaloud.status"]')
    .waitFor({ timeout: 60_000 });
}
