import {
  type NotebookCell,
  type NotebookDocument,
  NotebookRange,
  type TextDocument,
  type TextEditor,
  type Uri,
  window,
  workspace,
} from "vscode";

/** The scheme of a cell's document; its path is the notebook's. */
export const cellScheme = "vscode-notebook-cell";

/**
 * The notebook that holds a cell; undefined for other documents, for a cell that was deleted, and
 * for a notebook that was closed.
 */
export function notebookOf(uri: Uri): NotebookDocument | undefined {
  return uri.scheme === cellScheme ? cellOf(uri)?.notebook : undefined;
}

/**
 * The document of the cell that is selected in the notebook in front, whether the cursor is in it
 * or not.
 */
export function activeCell(): TextDocument | undefined {
  const editor = window.activeNotebookEditor;
  if (editor === undefined || editor.notebook.cellCount === 0) return undefined;
  return editor.notebook.cellAt(editor.selection.start).document;
}

/**
 * Shows a document where the person works with it: a cell in its notebook, everything else in an
 * editor of its own.
 * @returns its editor; undefined for a cell that shows none, as a rendered Markdown cell.
 */
export async function showDocument(document: TextDocument): Promise<TextEditor | undefined> {
  const cell = cellOf(document.uri);
  if (cell === undefined) return await window.showTextDocument(document, { preview: false });
  await window.showNotebookDocument(cell.notebook, {
    selections: [new NotebookRange(cell.index, cell.index + 1)],
  });
  return window.visibleTextEditors.find((each) => each.document === document);
}

function cellOf(uri: Uri): NotebookCell | undefined {
  const text = uri.toString();
  return workspace.notebookDocuments
    .flatMap((notebook) => notebook.getCells())
    .find((cell) => cell.document.uri.toString() === text);
}
