import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { systemCode } from "../../base/system-code";
import { runQuietly } from "../../built-in-engine/machine/run-quietly";
import { inOneProcess } from "../../built-in-engine/models/one-process";
import { FailureError } from "../../core/failure-error";

/**
 * The inference library's version; the built-in engine is tested with this one and takes no other.
 */
const libraryVersion = "3.22.1";
const library = "node-llama-cpp";
/**
 * Every package name of the library's builds that only compute on the processor (on Apple's chips
 * also on their graphics).
 */
const processorBuilds: Readonly<Record<string, string>> = {
  "darwin-arm64": "mac-arm64-metal",
  "darwin-x64": "mac-x64",
  "linux-arm": "linux-armv7l",
  "linux-arm64": "linux-arm64",
  "linux-riscv64": "linux-riscv64",
  "linux-x64": "linux-x64",
  "win32-arm64": "win-arm64",
  "win32-x64": "win-x64",
};
const gpuBuilds: Readonly<Record<string, Readonly<Record<"cuda" | "vulkan", readonly string[]>>>> =
  {
    "linux-x64": { cuda: ["linux-x64-cuda", "linux-x64-cuda-ext"], vulkan: ["linux-x64-vulkan"] },
    "win32-x64": { cuda: ["win-x64-cuda", "win-x64-cuda-ext"], vulkan: ["win-x64-vulkan"] },
  };

export interface EngineInstallation {
  /** The folder becomes the engine's own: what was in it is replaced. */
  readonly folder: string;
  readonly signal?: AbortSignal;
  /** Told in words what is being done. */
  readonly onProgress?: (what: string) => void;
  /** A build for the graphics card as well: several hundred megabytes, only when asked for. */
  readonly gpu?: "cuda" | "vulkan";
  /** What npm's environment has beside ours. */
  readonly env?: Readonly<Record<string, string>>;
  /** The npm to call; found on the path when absent. */
  readonly npm?: string;
  /** The machine it is for, such as `linux-x64`; this one when absent. */
  readonly platform?: string;
}

const never = new AbortController().signal;
const thisPlatform = `${process.platform}-${process.arch}`;

/** The packages that a folder needs, with their exact versions. */
export function enginePackages(
  gpu?: "cuda" | "vulkan",
  platform = thisPlatform,
): Record<string, string> {
  const build = processorBuilds[platform];
  if (build === undefined)
    throw new FailureError({
      kind: "engineNotInstalled",
      cause: `there is no build for ${platform}`,
    });
  const builds = [build, ...(gpu === undefined ? [] : (gpuBuilds[platform]?.[gpu] ?? []))];
  return Object.fromEntries(
    [library, ...builds.map((name) => `@${library}/${name}`)].map((name) => [name, libraryVersion]),
  );
}

async function packageVersion(folder: string, name: string): Promise<string | undefined> {
  try {
    const text = await readFile(
      join(folder, "node_modules", ...name.split("/"), "package.json"),
      "utf8",
    );
    return (JSON.parse(text) as { version?: string }).version;
  } catch {
    return undefined;
  }
}

/** Whether the folder holds the library in the right version, with the build for this machine. */
export async function engineInstalled(folder: string, platform = thisPlatform): Promise<boolean> {
  if (processorBuilds[platform] === undefined) return false;
  return await holds(folder, enginePackages(undefined, platform));
}

async function holds(folder: string, packages: Readonly<Record<string, string>>): Promise<boolean> {
  const versions = await Promise.all(
    Object.keys(packages).map((name) => packageVersion(folder, name)),
  );
  return versions.every((version) => version === libraryVersion);
}

async function runNpm(
  npm: string,
  args: readonly string[],
  folder: string,
  signal: AbortSignal,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  // On Windows npm is a batch file, which only a shell can start; the arguments are all constants
  // of ours.
  const shell = process.platform === "win32";
  await runQuietly(shell ? `"${npm}"` : npm, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    shell,
    signal,
  });
}

/** What a person types to do the same by hand. */
function commandByHand(folder: string, packages: Readonly<Record<string, string>>): string {
  const wanted = Object.entries(packages).map(([name, version]) => `${name}@${version}`);
  return `npm install --prefix "${folder}" --omit=optional --ignore-scripts ${wanted.join(" ")}`;
}

/**
 * Installs the inference library with the one build that fits this machine (about 85 MB; a plain
 * install brings ten times that, for graphics cards). It appears in its folder when it is complete,
 * or not at all. Where another window is at it, that is waited for, and what it brought is taken.
 *
 * @throws FailureError `engineNotInstalled` with the command that does it by hand; the signal's
 * reason when aborted.
 */
export async function installEngine(installation: EngineInstallation): Promise<void> {
  const { folder, signal = never, onProgress, gpu, platform = thisPlatform } = installation;
  signal.throwIfAborted();
  const packages = enginePackages(gpu, platform);
  await inOneProcess(
    folder,
    async () => {
      if (await holds(folder, packages)) return;
      onProgress?.("Installing the engine");
      await installPackages(installation, packages, platform, signal);
    },
    signal,
    () => onProgress?.("Another window is installing the engine"),
  );
}

async function installPackages(
  { folder, npm = "npm", env = {} }: EngineInstallation,
  packages: Readonly<Record<string, string>>,
  platform: string,
  signal: AbortSignal,
): Promise<void> {
  const [os, cpu] = platform.split("-");
  await mkdir(dirname(folder), { recursive: true });
  const scratch = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`));
  try {
    await writeFile(
      join(scratch, "package.json"),
      JSON.stringify({ name: "thinkaloud-engine", private: true, dependencies: packages }),
    );
    // All builds are optional dependencies of the library: leaving those out and naming one keeps
    // the others away. Its install script would try to compile; nothing needs it.
    const args = [
      "install",
      "--omit=optional",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
      `--os=${os}`,
      `--cpu=${cpu}`,
    ];
    await runNpm(npm, args, scratch, signal, env);
    if (!(await holds(scratch, packages)))
      throw new Error("npm ended well but the packages are not there");
    await replaceFolder(scratch, folder);
  } catch (error) {
    signal.throwIfAborted();
    const missing = systemCode(error) === "ENOENT";
    const why = missing
      ? "npm is not on this machine; it comes with Node.js"
      : error instanceof Error
        ? error.message
        : String(error);
    throw new FailureError(
      { kind: "engineNotInstalled", cause: `${why}. By hand: ${commandByHand(folder, packages)}` },
      { cause: error },
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Moves a finished folder to its place. */
async function replaceFolder(scratch: string, folder: string): Promise<void> {
  const old = `${scratch}-old`;
  const had = await readdir(folder).then(
    () => true,
    () => false,
  );
  if (had) await rename(folder, old);
  try {
    await rename(scratch, folder);
  } catch (error) {
    // An older one is better than none.
    if (had) await rename(old, folder).catch(() => {});
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}
