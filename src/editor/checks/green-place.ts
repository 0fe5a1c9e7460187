import { basename } from "node:path";
import { type Position, Range, Uri, window, workspace } from "vscode";
import { isRecord } from "../../base/guards";
import { isTestFile } from "../../checks/tests/find-tests";
import { namesIn } from "../../checks/tests/suspects";
import { parseActionArguments } from "../../protocol/action-arguments";
import type { ActionArguments } from "../../protocol/commands";
import { terminalSelection } from "../context/terminal-selection";

/**
 * Where what fails is to be fixed: a code action's place, a file of the explorer, a test or its
 * message in the editor's own view of tests.
 * @returns undefined for anything else: it is the place where the cursor is.
 */
export function greenPlace(argument: unknown): ActionArguments | undefined {
  const given = parseActionArguments(argument);
  if (given !== undefined) return given;
  if (argument instanceof Uri) return placeIn(argument);
  if (!isRecord(argument)) return undefined;
  const test = isRecord(argument["test"]) ? argument["test"] : argument;
  const { uri, range } = test;
  if (!(uri instanceof Uri)) return undefined;
  return placeIn(uri, range instanceof Range ? range.start : undefined);
}

/**
 * The file that selected output is about: the first test in it, else the first file of the
 * workspace that it names.
 * @returns undefined where it names none.
 */
export async function outputPlace(): Promise<ActionArguments | undefined> {
  const editor = window.activeTextEditor;
  const shown =
    editor?.selection.isEmpty === false ? editor.document.getText(editor.selection) : "";
  const text =
    editor?.document.uri.scheme === "output" && shown !== "" ? shown : await terminalSelection();
  let code: Uri | undefined;
  for (const name of new Set(namesIn(text).map((each) => each.name))) {
    const uri = await fileOf(name);
    if (uri === undefined) continue;
    const read = async (): Promise<string> => (await workspace.openTextDocument(uri)).getText();
    if (await isTestFile(workspace.asRelativePath(uri, false), read)) return placeIn(uri);
    code ??= uri;
  }
  return code && placeIn(code);
}

async function fileOf(name: string): Promise<Uri | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  const places = [Uri.file(name), ...folders.map(({ uri }) => Uri.joinPath(uri, name))];
  for (const uri of places) {
    if (workspace.getWorkspaceFolder(uri) === undefined) continue;
    const isThere = await workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    if (isThere) return uri;
  }
  const last = basename(name).replace(/[[\]{}*?]/g, "?");
  const found = await workspace.findFiles(`**/${last}`, "**/node_modules/**", 2);
  return found.length === 1 ? found[0] : undefined;
}

function placeIn(uri: Uri, start?: Position): ActionArguments {
  const at = { line: start?.line ?? 0, character: 0 };
  return { uri: uri.toString(), range: { start: at, end: at } };
}
