import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { languageOf } from "../base/languages/language-of-file";
import { withoutByteOrderMark } from "../base/text/byte-order-mark";
import type { PieceFile } from "../protocol/context";
import type { SymbolInfo } from "../protocol/syntax";
import type { ProjectFiles } from "./project-files";

/** What is needed of a syntax tree; undefined where there is no grammar. */
export interface Outlines {
  outline(languageId: string, text: string): Promise<readonly SymbolInfo[] | undefined>;
}

export interface ProjectParts {
  readonly files: ProjectFiles;
  readonly outlines: Outlines;
  /** A path of the list as the person sees it; the list's own is relative to its root. */
  shownPath(path: string): string;
  /** The other way round; undefined for what is not below the root. */
  listedPath(shown: string): string | undefined;
}

/** A file of the project, read now; with `headBytes`, the beginning of one that is too large. */
export async function readPiece(
  { files, shownPath }: Pick<ProjectParts, "files" | "shownPath">,
  path: string,
  headBytes?: number,
): Promise<PieceFile | undefined> {
  const text = await files.read(path, headBytes);
  if (text === undefined) return undefined;
  return {
    uri: pathToFileURL(join(files.root, path)).href,
    path: shownPath(path),
    languageId: languageOf(path, text),
    version: 0,
    text: withoutByteOrderMark(text),
  };
}
