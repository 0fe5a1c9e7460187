import { fileNameOf } from "../../base/text/file-name";
import type { ContextPiece } from "../../protocol/context";
import { fenced } from "./fence";

/** A piece as the model reads it: one line that says what it is, and the text. */
export function pieceText(piece: ContextPiece): string {
  const { text, languageId } = piece;
  return `${heading(piece)}\n${languageId === undefined ? text : fenced(languageId, text)}`;
}

function heading({ kind, name, path, title }: ContextPiece): string {
  const where = path ?? title;
  const called = name === undefined ? "code" : `\`${name}\``;
  switch (kind) {
    case "instructions":
      return `Rules of this project, from ${fileNameOf(where)}:`;
    case "definition":
    case "type":
      return `It uses ${called} from ${where}:`;
    case "test":
      return `A test of it, from ${where}:`;
    case "caller":
      return `It is used in ${where}:`;
    case "recent":
      return `Changed lately, in ${where}:`;
    case "file":
      return `The file ${where}:`;
    case "folder":
      return `The folder ${where} holds:`;
    case "symbol":
      return `From ${where}, ${called}:`;
    case "problems":
      return `Other problems reported in ${where}:`;
    case "diff":
      return `What was changed in ${where} since the last commit:`;
    case "selection":
      return path === undefined ? "Selected:" : `Selected in ${path}:`;
    case "terminal":
      return "From the terminal:";
    default:
      return kind satisfies never;
  }
}
