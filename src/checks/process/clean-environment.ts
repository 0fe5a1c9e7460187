import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * What a program may know of the person's environment: where programs and their libraries are, and
 * the language. Everything else, keys and tokens above all, stays out: a list of what is secret
 * would never be complete.
 */
const allowed: readonly string[] = [
  ...["PATH", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "TZ"],
  ...["JAVA_HOME", "GOROOT", "GOPATH", "GOMODCACHE", "GOTOOLCHAIN", "CARGO_HOME", "RUSTUP_HOME"],
  ...["VIRTUAL_ENV", "CONDA_PREFIX", "PYENV_ROOT", "PYENV_VERSION", "NVM_DIR", "VOLTA_HOME"],
  ...["DOTNET_ROOT", "MAVEN_HOME", "GRADLE_HOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"],
  ...["SystemRoot", "SystemDrive", "windir", "ComSpec", "PATHEXT", "NUMBER_OF_PROCESSORS"],
  ...["ProgramFiles", "ProgramFiles(x86)", "ProgramData", "PROCESSOR_ARCHITECTURE"],
];

/**
 * The environment of a program that runs in `home`: a home and a folder for temporary files of its
 * own, no colours, no questions.
 * @param realHome where tools keep the libraries that they share; they are found there, and nowhere
 * else
 */
export function cleanEnvironment(
  from: NodeJS.ProcessEnv,
  home: string,
  realHome: string,
): Record<string, string> {
  const kept: Record<string, string> = {};
  const names = new Map(Object.keys(from).map((name) => [name.toLowerCase(), name]));
  for (const name of allowed) {
    // Windows does not tell `Path` from `PATH`.
    const value =
      from[process.platform === "win32" ? (names.get(name.toLowerCase()) ?? name) : name];
    if (value !== undefined) kept[name] = value;
  }
  const temporary = join(home, "tmp");
  const gradleCache = join(from["GRADLE_USER_HOME"] ?? join(realHome, ".gradle"), "caches");
  // It restores into the new home, and takes from here what is there; a folder that is not ends it.
  const nugetPackages = from["NUGET_PACKAGES"] ?? join(realHome, ".nuget", "packages");
  return {
    CARGO_HOME: join(realHome, ".cargo"),
    RUSTUP_HOME: join(realHome, ".rustup"),
    GOMODCACHE: join(realHome, "go", "pkg", "mod"),
    PYTHONUSERBASE: join(realHome, ".local"),
    ...kept,
    HOME: home,
    USERPROFILE: home,
    XDG_CACHE_HOME: join(home, "cache"),
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_DATA_HOME: join(home, "data"),
    LOCALAPPDATA: join(home, "cache"),
    APPDATA: join(home, "config"),
    TMPDIR: temporary,
    TMP: temporary,
    TEMP: temporary,
    // Java asks no variable where temporary files go.
    JAVA_TOOL_OPTIONS: `"-Djava.io.tmpdir=${temporary}"`,
    // It writes wherever it reads, but for libraries that it is told not to.
    GRADLE_USER_HOME: join(home, "gradle"),
    ...(existsSync(gradleCache) ? { GRADLE_RO_DEP_CACHE: gradleCache } : {}),
    ...(existsSync(nugetPackages) ? { NUGET_FALLBACK_PACKAGES: nugetPackages } : {}),
    DOTNET_CLI_TELEMETRY_OPTOUT: "1",
    DOTNET_NOLOGO: "1",
    TERM: "dumb",
    NO_COLOR: "1",
    CI: "1",
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONIOENCODING: "utf-8",
    GIT_TERMINAL_PROMPT: "0",
    GOFLAGS: "-mod=mod",
    GOPROXY: "off",
    CARGO_NET_OFFLINE: "true",
  };
}
