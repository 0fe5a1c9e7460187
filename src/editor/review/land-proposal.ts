import {
  EndOfLine,
  FileSystemError,
  Range,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  workspace,
} from "vscode";
import { lineEdits } from "../../base/text/line-edits";
import { withLineEnds } from "../../base/text/line-ends";
import { withLineFeeds } from "../../base/text/lines";
import { FailureError } from "../../core/failure-error";
import type { FileProposal } from "../../protocol/proposal";
import type { Landing } from "../../session/review/landing";
import { openDocument, refuseUnwritable } from "../documents/file-checks";

interface DocumentEdit {
  readonly document: TextDocument;
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/**
 * The file as it is now, for a change; undefined for one that is to be created. Throws FailureError
 * when it cannot be changed.
 */
export async function textToChange(file: FileProposal, uri: Uri): Promise<string | undefined> {
  if (file.change === "create") {
    await refuseTaken(uri, file.path);
    return undefined;
  }
  await refuseUnwritable(uri, file.path);
  return (await openDocument(uri, file.path)).getText();
}

/**
 * The file as it is now, open or not; empty where the proposal creates it and it is not there,
 * undefined where nothing is known of it.
 */
export async function textNow({ change, uri }: FileProposal): Promise<string | undefined> {
  const open = documentAt(uri);
  if (open !== undefined) return open.getText();
  try {
    const place = Uri.parse(uri, true);
    return await workspace.decode(await workspace.fs.readFile(place), { uri: place });
  } catch (thrown) {
    const isGone = thrown instanceof FileSystemError && thrown.code === "FileNotFound";
    return change === "create" && isGone ? "" : undefined;
  }
}

/**
 * Applies all landings as one edit and one undo step. `moved`: a document changed or was closed
 * after its landing was planned, and nothing was applied; plan anew. Throws FailureError
 * `applyRefused` when the editor made something else of it; what it made is then taken back.
 */
export async function land(landings: readonly Landing[]): Promise<"landed" | "moved"> {
  const edits = documentEdits(landings);
  if (edits === undefined || edits.some(({ document, before }) => document.getText() !== before))
    return "moved";
  const removals = landings.flatMap((each) => (each.kind === "remove" ? [each] : []));
  if (removals.some(({ uri, before }) => documentAt(uri)?.getText() !== before)) return "moved";
  const edit = new WorkspaceEdit();
  for (const landing of landings) {
    if (landing.kind === "remove") edit.deleteFile(Uri.parse(landing.uri, true));
    if (landing.kind === "create")
      edit.createFile(Uri.parse(landing.uri, true), {
        overwrite: false,
        contents: Buffer.from(landing.text),
      });
  }
  for (const { document, before, after } of edits) addTextEdits(edit, document, before, after);
  // What the first change makes of a document is ours; what comes later may be the person's next
  // keystroke.
  const made = new Map<TextDocument, string>();
  const listener = workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length > 0 && !made.has(document)) made.set(document, document.getText());
  });
  // Not marked as a refactoring: that would make the editor save the person's files.
  const applied = await workspace.applyEdit(edit).then(
    (result) => result,
    () => false,
  );
  listener.dispose();
  if (!applied) {
    if (edits.some(({ document, before }) => document.getText() !== before)) return "moved";
    throw new FailureError({ kind: "applyRefused", path: landings[0]?.path ?? "" });
  }
  const wrong = edits.find(
    ({ document, after }) => (made.get(document) ?? document.getText()) !== after,
  );
  if (wrong === undefined) return "landed";
  await takeBack(edits, made);
  throw new FailureError({ kind: "applyRefused", path: wrong.path });
}

/**
 * Undefined when a document was closed. What is there already needs no edit; what lands has the
 * document's own line ends.
 */
function documentEdits(landings: readonly Landing[]): readonly DocumentEdit[] | undefined {
  const edits: DocumentEdit[] = [];
  for (const landing of landings) {
    if (landing.kind !== "edit" || landing.before === landing.after) continue;
    const { path, uri, before } = landing;
    const document = documentAt(uri);
    if (document === undefined) return undefined;
    const lineEnd = document.eol === EndOfLine.CRLF ? "\r\n" : "\n";
    const after = withLineEnds(withLineFeeds(landing.after), lineEnd);
    edits.push({ document, path, before, after });
  }
  return edits;
}

function documentAt(uri: string): TextDocument | undefined {
  return workspace.textDocuments.find((each) => each.uri.toString() === uri);
}

async function takeBack(
  edits: readonly DocumentEdit[],
  made: ReadonlyMap<TextDocument, string>,
): Promise<void> {
  const back = new WorkspaceEdit();
  for (const { document, before } of edits) {
    // What the person typed since is worth more than a clean retreat; undo still is.
    if (document.getText() === made.get(document))
      addTextEdits(back, document, document.getText(), before);
  }
  await workspace.applyEdit(back);
}

/** Adds what makes one text of another, as the smallest edits of lines. */
export function addTextEdits(
  edit: WorkspaceEdit,
  document: TextDocument,
  before: string,
  after: string,
): void {
  for (const { start, end, text } of lineEdits(before, after)) {
    edit.replace(
      document.uri,
      new Range(document.positionAt(start), document.positionAt(end)),
      text,
    );
  }
}

async function refuseTaken(uri: Uri, path: string): Promise<void> {
  const taken = await workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  if (taken) throw new FailureError({ kind: "documentConflict", path });
}
