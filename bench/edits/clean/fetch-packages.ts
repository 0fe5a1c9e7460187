import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Half, packages, type Registry } from "./packages";

const run = promisify(execFile);

/** A package's files, unpacked. */
export interface PackageFolder {
  readonly name: string;
  readonly folder: string;
}

/**
 * Brings one package into the folder, which is empty, and gives the folder that holds its files.
 */
type Fetch = (wanted: string, folder: string) => Promise<string>;

const fetches: Readonly<Record<Registry, Fetch>> = {
  async npm(wanted, folder) {
    await run("npm", ["pack", wanted, "--ignore-scripts", "--silent"], { cwd: folder });
    await run("tar", ["-xzf", onlyFile(folder, ".tgz")], { cwd: folder });
    return folder;
  },
  async pypi(wanted, folder) {
    const flags = ["--no-deps", "--only-binary", ":all:", "--disable-pip-version-check", "-q"];
    await run("python3", ["-m", "pip", "download", ...flags, "-d", ".", wanted], { cwd: folder });
    await run("python3", ["-m", "zipfile", "-e", onlyFile(folder, ".whl"), "."], { cwd: folder });
    return folder;
  },
  async crates(wanted, folder) {
    const [name = "", version = ""] = wanted.split("@");
    const manifest = `[package]\nname = "holder"\nversion = "0.0.0"\n\n[dependencies]\n"${name}" = "=${version}"\n`;
    mkdirSync(join(folder, "src"));
    writeFileSync(join(folder, "src/lib.rs"), "");
    writeFileSync(join(folder, "Cargo.toml"), manifest);
    await run("cargo", ["vendor", "--quiet"], { cwd: folder, maxBuffer: 1e8 });
    return join(folder, "vendor", name);
  },
  async go(wanted, folder) {
    const { stdout } = await run("go", ["mod", "download", "-json", wanted], { cwd: folder });
    const { Dir } = JSON.parse(stdout) as { Dir: string };
    const copy = join(folder, "module");
    // The client's own copy is read-only.
    cpSync(Dir, copy, { recursive: true, filter: () => true });
    await run("chmod", ["-R", "u+w", copy]).catch(() => {});
    return copy;
  },
  async maven(wanted, folder) {
    const artifact = `-Dartifact=${wanted}:jar:sources`;
    await run("mvn", ["-q", "-B", "dependency:copy", artifact, "-DoutputDirectory=."], {
      cwd: folder,
    });
    await run("python3", ["-m", "zipfile", "-e", onlyFile(folder, ".jar"), "."], { cwd: folder });
    return folder;
  },
  async debian(wanted, folder) {
    await run("apt-get", ["-q", "-o", "APT::Sandbox::User=root", "download", wanted], {
      cwd: folder,
    });
    await run("dpkg-deb", ["-x", onlyFile(folder, ".deb"), "."], { cwd: folder });
    return folder;
  },
};

/** The unpacked packages of a half; what cannot be had is said on standard error and left out. */
export async function packageFolders(half: Half): Promise<PackageFolder[]> {
  const cache = join(process.env["CLEAN_CACHE"] ?? cacheFolder(), half);
  mkdirSync(cache, { recursive: true });
  const wanted = Object.entries(packages[half]).flatMap(([registry, names]) =>
    names.map((name) => ({ registry: registry as Registry, name })),
  );
  const had: PackageFolder[] = [];
  for (const { registry, name } of wanted) {
    const folder = join(cache, `${registry}+${name.replace(/[^\w.@=-]/g, "+")}`);
    try {
      if (!existsSync(folder)) await bring(registry, name, folder);
      had.push({ name: `${registry}:${name}`, folder });
    } catch (error) {
      const [reason = ""] = String(error instanceof Error ? error.message : error).split("\n");
      console.error(`Without ${registry} ${name}: ${reason}`);
    }
  }
  return had;
}

/** A folder is there whole or not at all, whenever the process ends. */
async function bring(registry: Registry, name: string, folder: string): Promise<void> {
  console.error(`Fetching ${registry} ${name} ...`);
  const work = mkdtempSync(`${folder}.`);
  try {
    renameSync(await fetches[registry](name, work), folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function onlyFile(folder: string, ending: string): string {
  const file = readdirSync(folder).find((name) => name.endsWith(ending));
  if (file === undefined) throw new Error(`no ${ending} came`);
  return file;
}

function cacheFolder(): string {
  const home = homedir();
  const base =
    process.env["XDG_CACHE_HOME"] ??
    (process.platform === "win32"
      ? (process.env["LOCALAPPDATA"] ?? join(home, "AppData/Local"))
      : join(home, process.platform === "darwin" ? "Library/Caches" : ".cache"));
  return join(base, "thinkaloud-corpus");
}
