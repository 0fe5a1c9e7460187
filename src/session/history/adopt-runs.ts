import { mkdir, readdir, rename } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { runFileName } from "./run-file";

/**
 * Brings what an earlier version kept for one window to where it is kept now. Nothing is lost when
 * it cannot: it stays where it was.
 * @param before a window's own folder `runs`; a second window on the same folder had one beside it,
 * with a number behind its name.
 */
export async function adoptRuns(before: string | undefined, folder: string): Promise<void> {
  if (before === undefined || before === folder) return;
  const storage = dirname(dirname(before));
  const extension = basename(dirname(before));
  const own = (name: string): string => name.replace(/-\d+$/, "");
  const siblings = await readdir(dirname(storage)).catch(() => []);
  for (const sibling of siblings.filter((each) => own(each) === own(basename(storage)))) {
    const runs = join(dirname(storage), sibling, extension, basename(before));
    for (const file of (await readdir(runs).catch(() => [])).filter((each) =>
      runFileName.test(each),
    )) {
      await mkdir(folder, { recursive: true })
        .then(() => rename(join(runs, file), join(folder, file)))
        .catch(() => {});
    }
  }
}
