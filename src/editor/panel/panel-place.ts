import { commands } from "vscode";

/**
 * Where the panel's view stands: in the secondary side bar, and in a container beside the
 * explorer's.
 */
const usual = { view: "thinkaloud.panel", container: "workbench.view.extension.thinkaloud" };
const aside = { view: "thinkaloud.panelAside", contextKey: "thinkaloud.panelAside" };

export const panelViews = [usual.view, aside.view] as const;

/**
 * The view that this editor shows. Cursor, and editors before 1.106, refuse a container in the
 * secondary side bar; they would put its view among the explorer's. Each container that was taken
 * has a command that opens it, so that nobody's name or version has to be known.
 */
export async function panelView(): Promise<string> {
  const known = await commands.getCommands(true);
  if (known.includes(usual.container)) return usual.view;
  await commands.executeCommand("setContext", aside.contextKey, true);
  return aside.view;
}
