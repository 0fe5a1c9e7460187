import { fileNameOf } from "../../../base/text/file-name";
import type { ContextPiece } from "../../../protocol/context";
import { type FileForm, fenced, fileInMarks } from "./fence";

/** A piece as the model reads it: one line that says what it is, and the text. */
export function pieceText(piece: ContextPiece, form?: FileForm): string {
  const { text, languageId, path, kind } = piece;
  const marked =
    form === "r1" && kind === "file" && path !== undefined ? fileInMarks(path, text) : undefined;
  return (
    marked ?? `${heading(piece)}\n${languageId === undefined ? text : fenced(languageId, text)}`
  );
}

/** In English whatever the person reads: a title is theirs and never goes in. */
function heading({ kind, name, path, source }: ContextPiece): string {
  const where = path ?? "the project";
  const called = name === undefined ? "code" : `\`${name}\``;
  switch (kind) {
    case "instructions":
      return `Rules of this project, from ${fileNameOf(where)}:`;
    case "definition":
    case "type":
      return path === undefined
        ? `It uses ${called} of a library:`
        : `It uses ${called} from ${where}:`;
    case "test":
      return `A test of it, from ${where}:`;
    case "caller":
      return `It is used in ${where}:`;
    case "recent":
      return `${source === "opened" ? "Looked at" : "Changed"} lately, in ${where}:`;
    case "file":
      return `The file ${where}:`;
    case "folder":
      return `The folder ${where} holds:`;
    case "symbol":
      return `From ${where}, ${called}:`;
    case "problems":
      return path === undefined
        ? "Problems reported in the project:"
        : `Other problems reported in ${path}:`;
    case "diff":
      return `What was changed${path === undefined ? "" : ` in ${path}`} since the last commit:`;
    case "selection":
      return path === undefined ? "Selected:" : `Selected in ${path}:`;
    case "terminal":
      return "From the terminal:";
    default:
      return kind satisfies never;
  }
}
