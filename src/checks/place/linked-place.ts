import { constants } from "node:fs";
import { copyFile, mkdir, readdir, symlink } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { inCopyFolder, removeFolder } from "./copy-folders";
import type { ProjectFolders } from "./project-root";

/** What would make the place a repository of its own. */
const leftOut: ReadonlySet<string> = new Set([".git", ".hg", ".svn"]);

/**
 * A place in which one file of a project can have another text, with all that is around it: links
 * to the person's own files. Only for who reads: what is run could write through the links.
 */
export class LinkedPlace {
  readonly #folder: string;

  private constructor(
    folder: string,
    /** Where the file is to be written; it is not there yet. */
    readonly path: string,
  ) {
    this.#folder = folder;
  }

  /** @param file absolute, inside the root. */
  static async make(
    { root }: ProjectFolders,
    file: string,
    temporary: string,
  ): Promise<LinkedPlace> {
    return await inCopyFolder(temporary, async (folder) => {
      const inside = relative(root, file);
      const project = join(folder, "project");
      let from = root;
      let to = project;
      for (const name of inside.split(sep)) {
        await mkdir(to, { recursive: true });
        await linkAll(from, to, name);
        from = join(from, name);
        to = join(to, name);
      }
      return new LinkedPlace(folder, join(project, inside));
    });
  }

  async dispose(): Promise<void> {
    await removeFolder(this.#folder);
  }

  /** The folder of the file. */
  get parent(): string {
    return dirname(this.path);
  }
}

/** Links what stands in a folder, but for one. Where the system links no files, they are copied. */
async function linkAll(from: string, to: string, except: string): Promise<void> {
  const entries = await readdir(from, { withFileTypes: true });
  const onWindows = process.platform === "win32";
  await Promise.all(
    entries
      .filter(({ name }) => name !== except && !leftOut.has(name))
      .map(async (entry) => {
        const source = join(from, entry.name);
        const target = join(to, entry.name);
        if (entry.isDirectory()) await symlink(source, target, onWindows ? "junction" : "dir");
        else if (!onWindows) await symlink(source, target);
        else if (entry.isFile()) await copyFile(source, target, constants.COPYFILE_FICLONE);
      }),
  );
}
