import { readFile, realpath, stat } from "node:fs/promises";
import { relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { languageOf } from "../base/languages/language-of-file";
import { withoutByteOrderMark } from "../base/text/byte-order-mark";
import { linesOf } from "../base/text/lines";
import { staysInside } from "../base/text/stays-inside";
import { FailureError } from "../core/failure-error";
import type { Target } from "../protocol/document";
import { refuseTooLarge, refuseUnreadable } from "../session/requests/readable-text";

/** A text file with what an editor would take away and put back. */
export interface SourceFile {
  readonly absolutePath: string;
  readonly target: Target;
  /** "" or the byte-order mark that stands before the text on disk. */
  readonly prefix: string;
}

/**
 * Reads a file as a run's target.
 * @param line zero-based; without it the whole file is meant. Throws FailureError for a file that
 * is missing, binary or too large.
 */
export async function readSourceFile(file: string, line: number | undefined): Promise<SourceFile> {
  let absolutePath: string;
  try {
    absolutePath = await realpath(file);
  } catch (thrown) {
    throw new FailureError({ kind: "fileMissing", path: file }, { cause: thrown });
  }
  const info = await stat(absolutePath);
  // A folder, a pipe or a device has no text that could be written back.
  if (!info.isFile()) throw new FailureError({ kind: "fileMissing", path: file });
  refuseTooLarge(info.size, file);
  const content = decode(await readFile(absolutePath), file);
  refuseUnreadable(content, file);
  const text = withoutByteOrderMark(content);
  const lines = linesOf(text);
  const at = line === undefined ? undefined : Math.min(line, lines.length - 1);
  return {
    absolutePath,
    prefix: content.slice(0, content.length - text.length),
    target: {
      uri: pathToFileURL(absolutePath).href,
      path: displayPath(absolutePath),
      languageId: languageOf(absolutePath, text),
      version: 0,
      text,
      range: {
        start: { line: at ?? 0, character: 0 },
        end:
          at === undefined
            ? { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 }
            : { line: at, character: 0 },
      },
      diagnostics: [],
    },
  };
}

/** UTF-8 only: a byte that is not would not come back as it was. */
function decode(bytes: Buffer, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (thrown) {
    throw new FailureError({ kind: "fileBinary", path }, { cause: thrown });
  }
}

function displayPath(absolutePath: string): string {
  const path = relative(process.cwd(), absolutePath);
  return (path !== "" && staysInside(path) ? path : absolutePath).split(sep).join("/");
}
