import { readFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import type { PrivateCopy } from "../place/private-copy";
import { upwards } from "../place/project-root";

const isTests = (project: string): boolean => /Tests?\.csproj$/.test(project);

/**
 * The project of tests that a file is in, else one that refers to the file's own project, else any;
 * paths are relative.
 */
export async function dotnetTests(
  file: string,
  { files, root }: Pick<PrivateCopy, "files" | "root">,
): Promise<string | undefined> {
  const projects = files.filter((each) => each.endsWith(".csproj"));
  const [own] = upwards(dirname(join(root, file)), root).flatMap((folder) =>
    projects.filter((each) => relative(folder, dirname(join(root, each))) === ""),
  );
  const tests = projects.filter(isTests);
  if (own !== undefined && isTests(own)) return own;
  if (own !== undefined)
    for (const each of tests) {
      const text = await readFile(join(root, each), "utf8").catch(() => "");
      // With a backslash on every system.
      const referred = text.matchAll(/<ProjectReference\s+Include="(?:[^"]*[\\/])?([^"]*)"/g);
      if ([...referred].some(([, name]) => name === basename(own))) return each;
    }
  return tests[0];
}
