import { readdir, readFile, stat } from "node:fs/promises";
import { basename, delimiter, dirname, extname, isAbsolute, join, resolve } from "node:path";
import { programPath } from "./program-path";

/** Where a command is looked for. */
export interface CommandPlace {
  readonly environment: Readonly<Record<string, string>>;
  /** Where it starts. */
  readonly folder: string;
}

type Words = readonly [command: string, ...words: string[]];

/** What Windows starts without a shell, and what it does not. */
const programs: readonly string[] = [".exe", ".com"];
const scripts: readonly string[] = [".cmd", ".bat"];

/**
 * Windows starts a script (`mvn.cmd`, `gradle.bat`, `npm.cmd`) by a shell only, which would read
 * the words of a command as its own. So what the script starts is started instead, where that is
 * known.
 * @returns the words as they are for everything else; a sentence for a script that is not known.
 */
export async function startable(words: Words, place: CommandPlace): Promise<Words | string> {
  const [command, ...rest] = words;
  const found = await findCommand(command, place);
  if (found === undefined || !scripts.includes(extname(found).toLowerCase())) return words;
  const started = await startedBy(found, place);
  if (started !== undefined) return [...started, ...rest];
  return `\`${basename(found)}\` is a script that Windows starts by a shell only; name the program that it starts.`;
}

async function findCommand(
  command: string,
  { environment, folder }: CommandPlace,
): Promise<string | undefined> {
  const isPlace = isAbsolute(command) || /[\\/]/.test(command);
  const folders = isPlace ? [folder] : programPath(environment).split(delimiter).filter(Boolean);
  const isWhole = [...programs, ...scripts].includes(extname(command).toLowerCase());
  const endings = isWhole ? [""] : [...programs, ...scripts];
  for (const each of folders)
    for (const ending of endings) {
      const path = resolve(each, command + ending);
      if (await isFile(path)) return path;
    }
  return undefined;
}

async function startedBy(script: string, place: CommandPlace): Promise<Words | undefined> {
  const home = dirname(dirname(script));
  if (/^mvn\.\w+$/i.test(basename(script))) return await mavenBehind(home, place);
  if (/^gradle\.\w+$/i.test(basename(script))) return await gradleBehind(home, place);
  return await nodeBehind(script);
}

async function mavenBehind(home: string, place: CommandPlace): Promise<Words | undefined> {
  const jar = await oneIn(join(home, "boot"), /^plexus-classworlds-.*\.jar$/);
  if (jar === undefined) return undefined;
  return [
    javaOf(place),
    ...["-classpath", jar, `-Dclassworlds.conf=${join(home, "bin", "m2.conf")}`],
    ...[`-Dmaven.home=${home}`, `-Dmaven.multiModuleProjectDirectory=${place.folder}`],
    "org.codehaus.plexus.classworlds.launcher.Launcher",
  ];
}

async function gradleBehind(home: string, place: CommandPlace): Promise<Words | undefined> {
  const jar = await oneIn(join(home, "lib"), /^gradle-(?:gradle-cli-main|launcher)-.*\.jar$/);
  if (jar === undefined) return undefined;
  return [javaOf(place), "-classpath", jar, "org.gradle.launcher.GradleMain"];
}

/** npm's own script, and those that npm writes for the commands of packages. */
async function nodeBehind(script: string): Promise<Words | undefined> {
  const text = await readFile(script, "utf8").catch(() => "");
  const name = basename(script, extname(script)).toLowerCase();
  const paths = [
    ...[...text.matchAll(/%(?:dp0%|~dp0)\\?([^"%]+\.[cm]?js)"/gi)].map(([, path = ""]) => path),
    ...(name === "npm" || name === "npx" ? [`node_modules/npm/bin/${name}-cli.js`] : []),
  ];
  for (const path of paths) {
    const file = join(dirname(script), path.replaceAll("\\", "/"));
    if (await isFile(file)) return ["node", file];
  }
  return undefined;
}

function javaOf({ environment }: CommandPlace): string {
  const home = environment["JAVA_HOME"];
  return home === undefined ? "java.exe" : join(home, "bin", "java.exe");
}

async function oneIn(folder: string, name: RegExp): Promise<string | undefined> {
  const names = await readdir(folder).catch(() => []);
  const found = names.find((each) => name.test(each));
  return found === undefined ? undefined : join(folder, found);
}

async function isFile(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
