import { commands, type Hover, MarkdownString, type Position, type Uri, workspace } from "vscode";
import { t } from "../../base/l10n";
import type { UsedName } from "../../core/context/code-names";
import { describedSignature } from "../../core/context/definition-pieces";
import { shownDeclaration } from "../../core/context/shown-texts";
import type { ContextPiece } from "../../protocol/context";

/** Where package managers put libraries inside a project. */
const libraryFolder = /[\\/](?:node_modules|site-packages)[\\/]/;

/**
 * Whether what a document names stands in a library: its code is nobody's here, and no rule of the
 * project hides it. Of what stands outside of the folders nobody can tell, where the document does
 * so too.
 */
export function isLibrary(uri: Uri, document: Uri): boolean {
  const isOutside = (each: Uri): boolean => workspace.getWorkspaceFolder(each) === undefined;
  return libraryFolder.test(uri.path) || (isOutside(uri) && !isOutside(document));
}

/**
 * What the editor shows of a library's declaration under the pointer: its signature and the
 * beginning of its documentation. Its file is not read: a library's declarations are long, and of
 * no use but for this.
 */
export async function libraryPiece(
  uri: Uri,
  at: Position,
  { name }: UsedName,
  value: number,
): Promise<ContextPiece | undefined> {
  const hovers = await commands.executeCommand<Hover[] | undefined>(
    "vscode.executeHoverProvider",
    uri,
    at,
  );
  const text = (hovers ?? [])
    .flatMap(({ contents }) => contents)
    .map((each) => (each instanceof MarkdownString ? each.value : ""))
    .join("\n\n");
  const shown = shownDeclaration(text);
  if (shown === undefined) return undefined;
  return {
    id: `definition:library:${name}`,
    kind: "definition",
    title: name,
    name,
    text: describedSignature(shown.signature, shown.doc),
    source: "definitions",
    reason: t("A problem names {0}, which is a library's.", name),
    value,
    editable: false,
  };
}
