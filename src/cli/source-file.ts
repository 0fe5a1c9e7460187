import { randomBytes } from "node:crypto";
import {
  access,
  chmod,
  chown,
  constants,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { FailureError } from "../core/failure-error";
import { linesOf } from "../core/text-lines";
import { languageOf } from "../project/language-of";
import type { Target } from "../protocol/document";

const limitBytes = 5 * 1024 * 1024;
const byteOrderMark = "\uFEFF";

/** A text file with what an editor would take away and put back. */
export interface SourceFile {
  readonly absolutePath: string;
  readonly target: Target;
  /** "" or the byte-order mark that stands before the text on disk. */
  readonly prefix: string;
}

/**
 * Reads a file as a run's target.
 * @param line zero-based; without it the whole file is meant. Throws FailureError for a file that is missing, binary or too large.
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
  if (info.size > limitBytes)
    throw new FailureError({ kind: "fileTooLarge", path: file, bytes: info.size, limitBytes });
  const content = decode(await readFile(absolutePath), file);
  const prefix = content.startsWith(byteOrderMark) ? byteOrderMark : "";
  const text = content.slice(prefix.length);
  const lines = linesOf(text);
  const at = line === undefined ? undefined : Math.min(line, lines.length - 1);
  return {
    absolutePath,
    prefix,
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

/**
 * Writes through a temporary file beside it, so that a full disk or a crash leaves the old file whole. Keeps the file's mode and owner.
 * Throws FailureError, with nothing changed, when the file is gone, is read-only, or is no longer what was read.
 */
export async function writeSourceFile(source: SourceFile, text: string): Promise<void> {
  const { absolutePath } = source;
  const { path } = source.target;
  try {
    const current = await readFile(absolutePath);
    if (!current.equals(Buffer.from(source.prefix + source.target.text)))
      throw new FailureError({ kind: "documentConflict", path });
    await access(absolutePath, constants.W_OK);
    await replaceWhole(absolutePath, source.prefix + text);
  } catch (thrown) {
    throw failureToWrite(thrown, path);
  }
}

/** Writes a file that must not exist yet. Throws FailureError. */
export async function writeNewFile(absolutePath: string, text: string): Promise<void> {
  try {
    await writeFile(absolutePath, text, { flag: "wx" });
  } catch (thrown) {
    throw failureToWrite(thrown, absolutePath);
  }
}

async function replaceWhole(path: string, content: string): Promise<void> {
  const scratch = `${path}.${randomBytes(4).toString("hex")}.tmp`;
  const { mode, uid, gid } = await stat(path);
  try {
    await writeFile(scratch, content, { flag: "wx", mode });
    // Whoever may not give a file away keeps it as their own, as any editor does that writes this way.
    await chown(scratch, uid, gid).catch(() => {});
    // The umask had its say when the file was made.
    await chmod(scratch, mode);
    await rename(scratch, path);
  } catch (thrown) {
    await rm(scratch, { force: true });
    throw thrown;
  }
}

function failureToWrite(thrown: unknown, path: string): unknown {
  const code =
    typeof thrown === "object" && thrown !== null && "code" in thrown ? thrown.code : undefined;
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return new FailureError({ kind: "diskFull", path }, { cause: thrown });
    case "ENOENT":
      return new FailureError({ kind: "fileMissing", path }, { cause: thrown });
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new FailureError({ kind: "fileReadOnly", path }, { cause: thrown });
    case "EEXIST":
      return new FailureError({ kind: "documentConflict", path }, { cause: thrown });
    default:
      return thrown;
  }
}

/** UTF-8 only: a byte that is not would not come back as it was. */
function decode(bytes: Buffer, path: string): string {
  if (bytes.includes(0)) throw new FailureError({ kind: "fileBinary", path });
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (thrown) {
    throw new FailureError({ kind: "fileBinary", path }, { cause: thrown });
  }
}

function displayPath(absolutePath: string): string {
  const path = relative(process.cwd(), absolutePath);
  return (path.startsWith("..") || path === "" ? absolutePath : path).split(sep).join("/");
}
