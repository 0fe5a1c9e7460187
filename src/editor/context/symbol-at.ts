import type { Uri } from "vscode";
import { holdsLine } from "../../base/text/positions";
import type { WorkspaceProjects } from "./workspace-projects";

/**
 * The declaration at a line of a file that may be shown; undefined where there is none, or where it
 * may not.
 */
export async function symbolAt(projects: WorkspaceProjects, uri: Uri, line: number) {
  if (!(await projects.mayShow(uri))) return undefined;
  const file = await projects.read(uri);
  if (file === undefined) return undefined;
  const outline = await projects.outlines.outline(file.languageId, file.text);
  const symbol = outline?.findLast(({ range }) => holdsLine(range, line));
  return symbol === undefined || outline === undefined ? undefined : { file, symbol, outline };
}
