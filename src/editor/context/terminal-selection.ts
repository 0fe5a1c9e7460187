import { commands, env, window } from "vscode";

const mostTerminalCharacters = 8_000;

/**
 * The terminal gives its selection to nobody but the clipboard, so that it is borrowed for a
 * moment.
 */
export async function terminalSelection(): Promise<string> {
  if (window.activeTerminal === undefined) return "";
  const before = await env.clipboard.readText();
  await env.clipboard.writeText("");
  try {
    await commands.executeCommand("workbench.action.terminal.copySelection");
    return (await env.clipboard.readText()).slice(-mostTerminalCharacters);
  } finally {
    await env.clipboard.writeText(before);
  }
}
