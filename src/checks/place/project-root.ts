import { existsSync } from "node:fs";
import { dirname, join, parse, relative } from "node:path";
import { staysInside } from "../../base/text/stays-inside";

/** What tells that a folder is a project, or a part of one that stands for itself. */
const manifests: readonly string[] = [
  ...["package.json", "pyproject.toml", "setup.py", "setup.cfg", "pytest.ini", "tox.ini"],
  ...["go.mod", "Cargo.toml", "pom.xml", "build.gradle", "build.gradle.kts"],
];
/** Where tests stand that are not beside their code. */
const testFolders: readonly string[] = ["test", "tests", "spec", "__tests__"];

/**
 * The folders that a file's code may need, smallest first: its own, the nearest with a manifest,
 * the repository.
 */
export interface ProjectFolders {
  /** The largest that is still the file's own project. */
  readonly root: string;
  /** The nearest folder with a manifest; the root where there is none. */
  readonly part: string;
  /** Set where the root is one. */
  readonly repository?: {
    /** The file in question, absolute. */
    readonly file: string;
    /** Its project where the repository ignores it: it is none of the repository's then. */
    readonly ifIgnored: string;
  };
}

/**
 * @param file absolute.
 * @param opened the folder that the person opened, or is in. Where no manifest tells, the file's
 * project is the nearest folder in there that has one of tests: it may be somebody's home, too.
 */
export function projectFolders(file: string, opened?: string): ProjectFolders {
  const own = dirname(file);
  let part: string | undefined;
  for (const folder of upwards(own)) {
    if (part === undefined && manifests.some((name) => existsSync(join(folder, name))))
      part = folder;
    // A work tree of a repository has a file of that name.
    if (existsSync(join(folder, ".git"))) {
      const ifIgnored = part ?? withTests(own, opened) ?? own;
      return { root: folder, part: part ?? folder, repository: { file, ifIgnored } };
    }
  }
  const root = part ?? withTests(own, opened) ?? own;
  return { root, part: root };
}

function withTests(own: string, opened: string | undefined): string | undefined {
  if (opened === undefined || !staysInside(relative(opened, own))) return undefined;
  return upwards(own, opened).find((folder) =>
    testFolders.some((name) => existsSync(join(folder, name))),
  );
}

/** The folder and those above it, without the top of the disk. */
export function upwards(folder: string, upTo?: string): readonly string[] {
  const found: string[] = [];
  const { root } = parse(folder);
  for (let at = folder; at !== root; at = dirname(at)) {
    found.push(at);
    if (at === upTo) break;
  }
  return found;
}
