import { describe, expect, it } from "vitest";
import { guardedPlace, guardedPlaces } from "../../../src/base/guard/guarded-places";

/** The kind of guard that a path has; "" for an ordinary one. */
const kindOf = (path: string): string => guardedPlace(path)?.kind ?? "";

describe("a path of an ordinary file", () => {
  it.each([
    "src/a.py",
    "src/tasks.py",
    "docs/git.md",
    "src/code/user/model.ts",
    "src/git/config/reader.ts",
    "vscode/settings.json",
    "settings.json",
    "my.github/workflows.md",
    "action.ts",
    "src/.eslintrc.json",
    "a~b.txt",
    "notes~1 and more.txt",
    "Ünïcödé/файл.py",
    "/home/me/project/src/a.py",
    "C:\\Users\\me\\project\\a.py",
    "/C:/Users/me/project/a.py",
    "a/./b/../c.py",
    "auxiliary.py",
    "src/console.log.ts",
    "com10.txt",
  ])("%s is not guarded", (path) => {
    expect(guardedPlace(path)).toBeUndefined();
  });
});

describe("a guarded place", () => {
  // One line for each advisory, by what was written there.
  it.each([
    ["settings of the editor in the folder", ".vscode/settings.json"],
    ["a task", ".vscode/tasks.json"],
    ["a launch configuration", ".vscode/launch.json"],
    ["tasks of a folder that is itself opened", "tasks.json"],
    ["a workspace file", "team.code-workspace"],
    ["a workspace file deeper down", "a/b/team.code-workspace"],
    ["another editor's settings", ".idea/workspace.xml"],
    ["a container that is started", ".devcontainer/devcontainer.json"],
    ["the person's own settings", "/home/me/.config/Code/User/settings.json"],
    [
      "the person's own settings on macOS",
      "/Users/me/Library/Application Support/Code/User/keybindings.json",
    ],
    ["the person's own settings on Windows", "C:\\Users\\me\\AppData\\Roaming\\Code\\User\\x.json"],
    ["the repository's own data", ".git/config"],
    ["a hook of the repository", ".git/hooks/pre-commit"],
    ["a file that stands for the repository's data", "sub/.git"],
    ["where submodules come from", ".gitmodules"],
    ["a hook that is kept with the code", ".husky/pre-commit"],
    ["hooks by configuration", ".pre-commit-config.yaml"],
    ["what a build server runs", ".github/workflows/ci.yml"],
    ["what a build server runs, by file", ".gitlab-ci.yml"],
    ["a pipeline", "Jenkinsfile"],
    ["what a hosting service builds", "netlify.toml"],
    ["who may change what, and what an assistant of the service runs", ".github/CODEOWNERS"],
    ["a way to start the program", ".run/Server.run.xml"],
    ["a hook by its name, wherever hooks are kept", "scripts/team/pre-commit"],
    ["what a debugger runs at its start", ".gdbinit"],
    ["hooks of another assistant", ".kiro/hooks/a.json"],
    ["a profile of a shell", "/home/me/.bashrc"],
    ["a profile of a shell in the project", ".zshenv"],
    ["what a shell runs in a folder", ".envrc"],
    ["a linter's settings that are code", "packages/a/eslint.config.mjs"],
    ["a formatter's settings that are code", ".prettierrc.cjs"],
    ["what all shells read", "/etc/profile.d/a.sh"],
    ["what Nushell reads", "/home/me/.config/nushell/config.nu"],
    ["what a shell runs in a folder, by another tool", "mise.toml"],
    ["a profile of PowerShell", "Documents/PowerShell/Microsoft.PowerShell_profile.ps1"],
    ["a list of servers that are started", ".cursor/mcp.json"],
    ["a list of servers beside the code", ".mcp.json"],
    ["where packages come from", ".npmrc"],
    ["how packages are built", ".cargo/config.toml"],
    ["what steers assistants", "AGENTS.md"],
    ["what is not to be sent", ".thinkaloudignore"],
  ])("is %s: %s", (_what, path) => {
    expect(guardedPlace(path)).toBeDefined();
  });

  // Whatever a push makes a service run.
  it.each(
    [
      ".github/workflows/ci.yaml",
      ".gitlab-ci.yaml",
      ".circleci/config.yml",
      ".azure-pipelines/build.yml",
      ".vsts-ci.yml",
      "bitbucket-pipelines.yml",
      "appveyor.yaml",
      ".travis.yaml",
      ".cirrus.yml",
      ".cirrus.star",
      ".drone.jsonnet",
      "wercker.yml",
      "codefresh.yml",
      ".semaphore/semaphore.yml",
      "buildspec.yml",
      "buildspec-test.yaml",
      "cloudbuild.json",
      ".builds/alpine.yml",
      ".build.yml",
      ".tekton/push.yaml",
      "screwdriver.yaml",
      "bitrise.yml",
      "codemagic.yaml",
      ".scrutinizer.yml",
      ".zuul.yaml",
      "zuul.d/jobs.yaml",
      ".space.kts",
      "bamboo-specs/bamboo.yml",
      ".harness/pipeline.yaml",
      ".readthedocs.yaml",
      "vercel.json",
    ].flatMap((path) => [path, path.toUpperCase(), `a/../sub/${path}.`]),
  )("is what a service runs: %s", (path) => {
    expect(kindOf(path)).toBe("automation");
  });

  it.each([
    ["another case", ".VSCode/Settings.json"],
    ["a letter whose capital is another's", ".g\u0131t/config"],
    ["letters that are put together otherwise", "Cafe\u0301/.vscode/settings.json"],
    ["another case of another tool", ".Cursor/MCP.json"],
    ["a way round", "a/../.vscode/settings.json"],
    ["a dot in between", "./.vscode/./settings.json"],
    ["doubled separators", ".vscode//settings.json"],
    ["backslashes", ".vscode\\settings.json"],
    ["a dot behind the name", ".vscode./settings.json"],
    ["dots and spaces behind the name", ".vscode . ./settings.json"],
    ["a space behind the name", ".git /config"],
    ["a stream", ".git::$INDEX_ALLOCATION/config"],
    ["a stream of the file", ".vscode/settings.json::$DATA"],
    ["full-width letters", ".ｖｓｃｏｄｅ/settings.json"],
    ["a letter that only looks like K", ".hus\u212ay/pre-commit"],
    ["a letter that is not seen", ".g\u200cit/config"],
    ["a mark of direction", ".vscode\u202e/settings.json"],
    ["a byte-order mark", "\ufeff.git/config"],
    ["a long prefix", "\\\\?\\C:\\project\\.vscode\\settings.json"],
    ["a long prefix with slashes", "//?/C:/project/.git/config"],
  ])("is known by %s too", (_how, path) => {
    const guard = guardedPlace(path);
    expect(guard?.kind).toMatch(/editorSettings|repository|hooks|tools/);
  });

  it.each([
    ["a short name, which does not tell whose it is", "GIT~1/config"],
    ["a short name of a file", "SETTIN~1.JSO"],
    ["a stream of any file", "src/a.py:hidden"],
    ["a dot at the end", "src/a.py."],
    ["a space at the end", "src/a.py "],
    ["letters that are not seen", "src/a\u200b.py"],
    ["a mark of direction", "src/a\u202epy.txt"],
    ["another form of its letters", "src/ﬁle.py"],
    ["a long prefix", "\\\\?\\C:\\project\\a.py"],
    ["the prefix of a device", "\\\\.\\PhysicalDrive0"],
    ["the name of a device", "src/CON"],
    ["the name of a device with an ending", "src/nul.txt"],
    ["the name of a device with a space and an ending", "aux .c"],
    ["the name of a device with a small figure", "lib/LPT\u00b9.dat"],
  ])("may hide behind %s", (_how, path) => {
    expect(kindOf(path)).toBe("disguised");
  });

  it.each(["../a.py", "a/../../b.py", "..\\a.py", "src/../../../etc/x"])(
    "is outside of the folder: %s",
    (path) => {
      expect(kindOf(path)).toBe("outside");
    },
  );

  it("says which part of the path tells", () => {
    expect(guardedPlace("a/.VSCode./settings.json")).toEqual({
      kind: "editorSettings",
      name: ".VSCode.",
    });
    expect(guardedPlace("x/.config/Git/hooks/a")?.name).toBe(".config/Git");
  });
});

describe("the list of guarded places", () => {
  it("names each place once, as it is compared", () => {
    const paths = guardedPlaces.map(([path]) => path);
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths.filter((path) => path !== path.normalize("NFKC").toLowerCase())).toEqual([]);
    // One star at most in a name: more are not understood.
    expect(paths.filter((path) => path.split("/").some((name) => /\*.*\*/.test(name)))).toEqual([]);
  });

  it("finds every place that it names", () => {
    for (const [path, kind] of guardedPlaces)
      expect(kindOf(`/home/me/${path.replaceAll("*", "x")}/y`), path).toBe(kind);
  });
});
