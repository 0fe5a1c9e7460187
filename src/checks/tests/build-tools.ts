import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * A build tool that a project may bring a wrapper of: a script that fetches the version that the
 * project names, once for a person.
 */
interface BuildTool {
  readonly command: "gradle" | "mvn";
  /** Where the project names its version. */
  readonly properties: string;
  /** Where the fetched ones are, in the tool's own folder. */
  readonly home: (environment: NodeJS.ProcessEnv) => string;
}

const homeOf = (environment: NodeJS.ProcessEnv): string => environment["HOME"] ?? homedir();

export const gradle: BuildTool = {
  command: "gradle",
  properties: join("gradle", "wrapper", "gradle-wrapper.properties"),
  home: (environment) => environment["GRADLE_USER_HOME"] ?? join(homeOf(environment), ".gradle"),
};

export const maven: BuildTool = {
  command: "mvn",
  properties: join(".mvn", "wrapper", "maven-wrapper.properties"),
  home: (environment) => join(homeOf(environment), ".m2"),
};

/**
 * The tool of the version that a project names, where it was fetched for its wrapper before; else
 * the one that is installed. The wrapper itself is not run: it writes beside what it fetched.
 *
 * @param folders where the project may name it, nearest first
 */
export async function commandOf(
  { command, properties, home }: BuildTool,
  folders: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  for (const folder of folders) {
    const text = await readFile(join(folder, properties), "utf8").catch(() => "");
    const name = /^distributionUrl\s*=.*\/([a-z][\w.-]*)\.zip\s*$/m.exec(text)?.[1];
    if (name === undefined) continue;
    const fetched = join(home(environment), "wrapper", "dists");
    // Newer wrappers of Maven leave the end of the name away.
    for (const each of [name, name.replace(/-bin$/, "")])
      for (const hash of await foldersIn(join(fetched, each)))
        for (const inside of [hash, ...(await foldersIn(hash))]) {
          const program = join(inside, "bin", command);
          if (existsSync(program)) return program;
        }
  }
  return command;
}

/** What is in a folder, as paths; nothing where there is none. */
export async function foldersIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.map((name) => join(folder, name));
}
