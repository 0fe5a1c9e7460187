import { lstat, readdir, readFile, realpath, rm } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { staysInside } from "../../base/text/stays-inside";
import type { CheckCase } from "../../protocol/checks";
import type { PrivateCopy } from "../place/private-copy";
import { reportedTests } from "./report-xml";

const mostReports = 200;
const mostBytes = 20_000_000;

/**
 * Where runners that print for people leave what can be read, below the folder that they run in.
 */
const reportFolders: readonly string[] = [
  join("target", "surefire-reports"),
  join("build", "test-results", "test"),
  "TestResults",
];

/** Removes what an earlier run left, so that a run that ends before its tests tells of none. */
export async function clearReports(folder: string, within: string): Promise<void> {
  for (const each of await foldersOfReports(folder, within))
    await rm(each, { recursive: true, force: true });
}

/**
 * The tests that a run left reports of, in the folder that it ran in or one of its parts. Paths in
 * the copy are told as relative ones.
 */
export async function readReports(
  folder: string,
  { folder: within, project }: Pick<PrivateCopy, "folder" | "project">,
): Promise<readonly CheckCase[]> {
  const found: CheckCase[] = [];
  let bytes = 0;
  let files = 0;
  for (const each of await foldersOfReports(folder, within)) {
    const names = (await readdir(each)).filter((name) => /\.(?:xml|trx)$/.test(name)).sort();
    for (const name of names) {
      const path = join(each, name);
      const info = await lstat(path);
      bytes += info.size;
      files++;
      if (!info.isFile() || bytes > mostBytes || files > mostReports) continue;
      const text = await readFile(path, "utf8");
      found.push(...reportedTests(text.replaceAll(`${project}${sep}`, "")));
    }
  }
  return found;
}

/**
 * What a run wrote into a file of ours; undefined where it wrote none, or too much. A link that was
 * put there is not followed.
 */
export async function readTold(path: string): Promise<string | undefined> {
  const info = await lstat(path).catch(() => undefined);
  if (info?.isFile() !== true || info.size > mostBytes) return undefined;
  return await readFile(path, "utf8");
}

/**
 * The folders of reports below the folder of a project and its parts. Only what is really inside
 * `within` is named: what was run may have put a link there, and what we read and remove outside
 * would be the person's.
 */
async function foldersOfReports(folder: string, within: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const parts = entries.filter((each) => each.isDirectory()).map(({ name }) => join(folder, name));
  const found: string[] = [];
  for (const part of [folder, ...parts])
    for (const each of reportFolders) {
      const real = await realpath(join(part, each)).catch(() => undefined);
      if (real !== undefined && staysInside(relative(within, real))) found.push(real);
    }
  return found;
}
