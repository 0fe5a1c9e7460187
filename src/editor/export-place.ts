import { homedir } from "node:os";
import { Uri, window, workspace } from "vscode";
import { t } from "../base/l10n";
import type { ExportFormat } from "../protocol/history";

/** Where something is written to, and as what: the name that the person gave tells. */
export interface ExportPlace {
  readonly uri: Uri;
  readonly format: ExportFormat;
}

/**
 * Asks for the file of an export, Markdown or JSON.
 * @param name of the file, where the person names no other: in the open folder, else at home.
 * @returns undefined when the person changed their mind.
 */
export async function askExportPlace(
  title: string,
  name: string,
): Promise<ExportPlace | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file(homedir());
  const uri = await window.showSaveDialog({
    // Where the dialog is the editor's own, nothing else tells of the formats.
    title: t("{0} (.md or .json)", title),
    filters: { Markdown: ["md"], JSON: ["json"] },
    defaultUri: Uri.joinPath(folder, name),
  });
  return uri && { uri, format: /\.json$/i.test(uri.path) ? "json" : "markdown" };
}
