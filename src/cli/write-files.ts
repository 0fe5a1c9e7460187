import { randomBytes } from "node:crypto";
import {
  access,
  chmod,
  chown,
  constants,
  copyFile,
  link,
  lstat,
  mkdir,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from "node:fs/promises";
import { dirname } from "node:path";
import { systemCode } from "../base/system-code";
import { FailureError } from "../core/failure-error";
import type { SourceFile } from "./source-file";

/** What becomes of a file. */
export type FileChange =
  | { readonly kind: "edit"; readonly source: SourceFile; readonly text: string }
  /** `path` is absolute; nothing must be there. */
  | { readonly kind: "create"; readonly path: string; readonly text: string };

/** A change whose new text lies beside its file already. */
interface ReadyChange {
  readonly change: FileChange;
  readonly path: string;
  readonly scratch: string;
}

/**
 * Writes all changes or none, each through a temporary file beside it, so that a full disk or a
 * crash leaves every file whole, old or new. Keeps a file's mode and owner; makes the folders of
 * new files. Throws FailureError, with everything as it was, when a file is gone, is read-only, is
 * no longer what was read, or is there although it was to be new.
 * @param put gives a file its new text, in one step; for tests of what is done when the system
 * refuses.
 */
export async function writeFiles(
  changes: readonly FileChange[],
  put: (scratch: string, path: string) => Promise<void> = rename,
): Promise<void> {
  const ready: ReadyChange[] = [];
  const folders: string[] = [];
  const done: ReadyChange[] = [];
  let at: FileChange | undefined;
  try {
    for (at of changes) await refuseChanged(at);
    for (at of changes) ready.push(await prepare(at, folders));
    for (const each of ready) {
      at = each.change;
      if (at.kind === "create") await putNew(each.scratch, each.path);
      else await put(each.scratch, each.path);
      done.push(each);
    }
  } catch (thrown) {
    for (const each of done.reverse()) await takeBack(each);
    await removeAll(ready, folders);
    throw at === undefined ? thrown : failureToWrite(thrown, shownPath(at));
  }
  await removeAll(ready, []);
}

async function refuseChanged(change: FileChange): Promise<void> {
  if (change.kind === "create") {
    const taken = await lstat(change.path).then(
      () => true,
      () => false,
    );
    if (taken) throw new FailureError({ kind: "documentConflict", path: change.path });
    return;
  }
  const { absolutePath, prefix, target } = change.source;
  const current = await readFile(absolutePath);
  if (!current.equals(Buffer.from(prefix + target.text)))
    throw new FailureError({ kind: "documentConflict", path: target.path });
  await access(absolutePath, constants.W_OK);
}

/** Never in the place of another, as a rename would. */
async function putNew(scratch: string, path: string): Promise<void> {
  try {
    await link(scratch, path);
  } catch (thrown) {
    // A disk of exFAT, and some of other machines, know no second name for a file.
    if (systemCode(thrown) === "EEXIST") throw thrown;
    await copyFile(scratch, path, constants.COPYFILE_EXCL);
  }
}

/** @param folders takes down the folders that it makes. */
async function prepare(change: FileChange, folders: string[]): Promise<ReadyChange> {
  const path = change.kind === "edit" ? change.source.absolutePath : change.path;
  const scratch = `${path}.${randomBytes(4).toString("hex")}.tmp`;
  if (change.kind === "create") {
    const first = await mkdir(dirname(path), { recursive: true });
    // Innermost first, so that each is empty when it is its turn to go.
    for (let folder = dirname(path); first !== undefined; folder = dirname(folder)) {
      folders.push(folder);
      if (folder === first) break;
    }
    await writeFile(scratch, change.text, { flag: "wx" });
    return { change, path, scratch };
  }
  await writeLike(path, scratch, change.source.prefix + change.text);
  return { change, path, scratch };
}

/** Writes a file with the mode and the owner of another. Leaves nothing behind when it cannot. */
async function writeLike(path: string, scratch: string, content: string): Promise<void> {
  const { mode, uid, gid } = await stat(path);
  try {
    await writeFile(scratch, content, { flag: "wx", mode });
    // Whoever may not give a file away keeps it as their own, as any editor does that writes this
    // way.
    await chown(scratch, uid, gid).catch(() => {});
    // The umask had its say when the file was made.
    await chmod(scratch, mode);
  } catch (thrown) {
    await rm(scratch, { force: true });
    throw thrown;
  }
}

async function takeBack({ change, path, scratch }: ReadyChange): Promise<void> {
  if (change.kind === "create") return await rm(path, { force: true });
  const { prefix, target } = change.source;
  await writeLike(path, scratch, prefix + target.text);
  await rename(scratch, path);
}

async function removeAll(ready: readonly ReadyChange[], folders: readonly string[]): Promise<void> {
  for (const { scratch } of ready) await rm(scratch, { force: true });
  // Only where nobody has put something into it since.
  for (const folder of folders) await rmdir(folder).catch(() => {});
}

function shownPath(change: FileChange): string {
  return change.kind === "edit" ? change.source.target.path : change.path;
}

function failureToWrite(thrown: unknown, path: string): unknown {
  switch (systemCode(thrown)) {
    case "ENOSPC":
    case "EDQUOT":
      return new FailureError({ kind: "diskFull", path }, { cause: thrown });
    case "ENOENT":
    case "ENOTDIR":
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
