import { EndOfLine, Range, type TextDocument, type Uri, WorkspaceEdit, workspace } from "vscode";
import { lineEdits } from "../../base/text/line-edits";
import { withLineFeeds } from "../../base/text/lines";
import { rebase } from "../../core/edit/rebase";
import { FailureError } from "../../core/failure-error";
import type { FileProposal } from "../../protocol/proposal";
import { openDocument, refuseUnwritable } from "../documents/file-checks";

/** What accepting does to one file. `conflict`: the person changed the file where the proposal does. */
export type Landing =
  | {
      readonly kind: "edit";
      readonly document: TextDocument;
      readonly before: string;
      readonly after: string;
    }
  | { readonly kind: "create"; readonly uri: Uri; readonly text: string }
  | { readonly kind: "conflict"; readonly path: string };

type EditLanding = Extract<Landing, { kind: "edit" }>;

/**
 * What the proposal makes of the file as it is now. Everything is compared with plain line feeds, and what lands has the document's own
 * line ends. Throws FailureError when the file cannot be edited any more.
 * @param proposed the proposal's text as it stands in the review, the person's own changes to it included.
 */
export async function planLanding(
  file: FileProposal,
  uri: Uri,
  proposed: string,
): Promise<Landing> {
  if (file.change === "create") {
    await refuseTaken(uri, file.path);
    return { kind: "create", uri, text: proposed };
  }
  await refuseUnwritable(uri, file.path);
  const document = await openDocument(uri, file.path);
  const before = document.getText();
  const base = withLineFeeds(file.base);
  const current = withLineFeeds(before);
  const wanted = withLineFeeds(proposed);
  const rebased = rebase({ base, proposed: wanted, current });
  if (rebased.kind === "conflict") return { kind: "conflict", path: file.path };
  const after =
    document.eol === EndOfLine.CRLF ? rebased.text.replaceAll("\n", "\r\n") : rebased.text;
  return { kind: "edit", document, before, after };
}

/**
 * Applies all landings as one edit and one undo step. `moved`: a document changed after its landing was planned, and nothing was
 * applied; plan anew. Throws FailureError `applyRefused` when the editor made something else of it; what it made is then taken back.
 */
export async function land(
  landings: readonly Exclude<Landing, { kind: "conflict" }>[],
): Promise<"landed" | "moved"> {
  const edits = landings.filter(
    (each): each is EditLanding => each.kind === "edit" && each.before !== each.after,
  );
  // Everything that was proposed is there already, typed by the person or reverted in the review.
  if (edits.length === 0 && landings.every((each) => each.kind === "edit")) return "landed";
  if (edits.some(({ document, before }) => document.isClosed || document.getText() !== before))
    return "moved";
  const edit = new WorkspaceEdit();
  for (const landing of landings) {
    if (landing.kind === "create")
      edit.createFile(landing.uri, { overwrite: false, contents: Buffer.from(landing.text) });
    else addTextEdits(edit, landing.document, landing.before, landing.after);
  }
  // What the first change makes of a document is ours; what comes later may be the person's next keystroke.
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
    throw new FailureError({ kind: "applyRefused", path: pathOf(landings) });
  }
  const wrong = edits.filter(
    ({ document, after }) => (made.get(document) ?? document.getText()) !== after,
  );
  if (wrong.length === 0) return "landed";
  await takeBack(edits, made);
  throw new FailureError({ kind: "applyRefused", path: pathOf(wrong) });
}

async function takeBack(
  edits: readonly EditLanding[],
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

function addTextEdits(
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

function pathOf(landings: readonly Exclude<Landing, { kind: "conflict" }>[]): string {
  const [first] = landings;
  if (first === undefined) return "";
  return first.kind === "edit"
    ? workspace.asRelativePath(first.document.uri)
    : workspace.asRelativePath(first.uri);
}
