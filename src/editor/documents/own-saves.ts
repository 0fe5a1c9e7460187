import { type TextDocument, workspace } from "vscode";

/**
 * What the editor waits at most before it saves by itself, as far as we wait for it, and what
 * writing takes.
 */
const longestDelayMs = 1_000;
const longestWriteMs = 1_000;

/**
 * Waits until the editor has saved a changed document by itself, where it does that soon. An undo
 * in the midst of that save would leave the document shown as saved with the change still on the
 * disk: the editor compares it with what was saved before.
 */
export async function untilSavedByItself(document: TextDocument): Promise<void> {
  const files = workspace.getConfiguration("files", document);
  const when = files.get<string>("autoSave", "off");
  if (when === "off" || document.isUntitled || !document.isDirty) return;
  const delayMs = when === "afterDelay" ? files.get<number>("autoSaveDelay", longestDelayMs) : 0;
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      listener.dispose();
      resolve();
    };
    const timer = setTimeout(end, Math.min(delayMs, longestDelayMs) + longestWriteMs);
    const listener = workspace.onDidSaveTextDocument((saved) => {
      if (saved === document) end();
    });
  });
}
