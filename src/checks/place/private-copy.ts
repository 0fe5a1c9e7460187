import { constants, existsSync } from "node:fs";
import {
  copyFile,
  lstat,
  mkdir,
  readFile,
  readlink,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { staysInside } from "../../base/text/stays-inside";
import type { EditedFile } from "../../core/run/checks/checker";
import { inCopyFolder, removeFolder } from "./copy-folders";
import { mostFiles, projectFiles } from "./project-files";
import { type ProjectFolders, upwards } from "./project-root";

const mostBytes = 500 * 1024 ** 2;
/**
 * Brought by a package manager: linked from where they are, as they can be large and are only read.
 */
const linked: readonly string[] = ["node_modules", ".venv", "venv", "vendor", "bower_components"];
const atOnce = 16;

/** Names as the least particular file system reads them. */
function isSame(name: string): (other: string) => boolean {
  const folded = (each: string): string => each.normalize().toLowerCase();
  const wanted = folded(name);
  return (other) => folded(other) === wanted;
}

/**
 * A copy of a project in a folder of its own, to run code in. Nothing of the person's is ever
 * written to, the repository's own files neither: that is why it is no work tree, which git would
 * list until somebody took it away.
 */
export class PrivateCopy {
  #filled: Promise<void> | undefined;

  private constructor(
    /** Holds everything, and is the only place that what runs may write to. */
    readonly folder: string,
    /** The project's folder, of which `project` is the copy. */
    readonly root: string,
    readonly project: string,
    /** An empty home for what runs. */
    readonly home: string,
    /** The project's files, relative, with the system's separators. */
    readonly files: readonly string[],
  ) {}

  /**
   * Lists the project's files and makes an empty place for them; they are copied when something is
   * first to be run.
   * @param temporary the folder that all copies are made in; those that a crash left behind are
   * removed from it Throws an Error with a sentence when the project has too many files, and the
   * signal's own reason.
   */
  static async make(
    { root, part, repository }: ProjectFolders,
    temporary: string,
    signal: AbortSignal,
  ): Promise<PrivateCopy> {
    let copied = root;
    const isRepository = repository !== undefined;
    let files = await projectFiles(root, isRepository, signal);
    // Who keeps the home folder in a repository has it ignore all projects.
    if (isRepository && files?.some(isSame(relative(root, repository.file))) === false) {
      copied = repository.ifIgnored;
      files = await projectFiles(copied, false, signal);
    } else if (files === undefined && part !== root) {
      copied = part;
      files = await projectFiles(part, isRepository, signal);
    }
    if (files === undefined)
      throw new Error(`The project has more than ${mostFiles} files, too many to be copied.`);
    return await inCopyFolder(temporary, async (folder) => {
      const copy = new PrivateCopy(
        folder,
        copied,
        join(folder, "project"),
        join(folder, "home"),
        files,
      );
      await mkdir(join(copy.home, "tmp"), { recursive: true });
      return copy;
    });
  }

  /**
   * Copies the files, once. Throws an Error with a sentence when they are too large, and the
   * signal's own reason.
   */
  async fill(signal: AbortSignal): Promise<void> {
    this.#filled ??= this.#copyFiles(signal);
    await this.#filled;
  }

  /** Where a file of the project has its copy; undefined for one that is outside. */
  pathOf(uri: string): string | undefined {
    if (!uri.startsWith("file:")) return undefined;
    const inside = relative(this.root, fileURLToPath(uri));
    return isInside(inside) ? join(this.project, inside) : undefined;
  }

  /**
   * Puts texts in the place of files as long as the work lasts. Throws an Error with a sentence for
   * a file that is outside the project.
   */
  async with<T>(edited: readonly EditedFile[], work: () => Promise<T>): Promise<T> {
    const kept: { readonly path: string; readonly content: Buffer | undefined }[] = [];
    try {
      for (const { uri, path, proposed } of edited) {
        const copy = this.pathOf(uri);
        if (copy === undefined) throw new Error(`${path} is outside the project.`);
        // A link in the copy would lead out of it.
        const content = await readFile(copy).catch(() => undefined);
        kept.push({ path: copy, content });
        await replace(copy, proposed);
      }
      return await work();
    } finally {
      for (const { path, content } of kept) {
        await rm(path, { force: true });
        if (content !== undefined) await replace(path, content);
      }
    }
  }

  async dispose(): Promise<void> {
    await removeFolder(this.folder);
  }

  async #copyFiles(signal: AbortSignal): Promise<void> {
    let bytes = 0;
    const folders = new Set<string>([""]);
    await inParallel(this.files, async (file) => {
      signal.throwIfAborted();
      const from = join(this.root, file);
      const info = await lstat(from).catch(() => undefined);
      if (info === undefined) return;
      if (info.isFile()) bytes += info.size;
      if (bytes > mostBytes)
        throw new Error("The project is larger than 500 MB, too much to be copied.");
      const to = join(this.project, file);
      for (const each of upwards(join(sep, dirname(file)))) folders.add(relative(sep, each));
      await mkdir(dirname(to), { recursive: true });
      if (info.isFile()) await copyFile(from, to, constants.COPYFILE_FICLONE);
      else if (info.isSymbolicLink()) await copyLink(this.root, from, to);
    });
    await mkdir(this.project, { recursive: true });
    for (const each of folders) await this.#link(each);
  }

  async #link(folder: string): Promise<void> {
    for (const name of linked) {
      const from = join(this.root, folder, name);
      const to = join(this.project, folder, name);
      if (existsSync(to) || !existsSync(from)) continue;
      await symlink(from, to, process.platform === "win32" ? "junction" : "dir");
    }
  }
}

function isInside(path: string): boolean {
  return path !== "" && staysInside(path);
}

/** A link that leads out of the project would let what runs in the copy write through it. */
async function copyLink(root: string, from: string, to: string): Promise<void> {
  const target = await readlink(from);
  if (isAbsolute(target) || !isInside(relative(root, resolve(dirname(from), target)))) return;
  await symlink(target, to);
}

async function replace(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await rm(path, { force: true });
  await writeFile(path, content);
}

async function inParallel<T>(all: readonly T[], work: (each: T) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < all.length; at = next++) await work(all[at] as T);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
