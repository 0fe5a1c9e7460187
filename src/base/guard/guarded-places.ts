/** Why a change is no ordinary one: what it would do beside changing a text. */
export type GuardKind =
  | "editorSettings"
  | "repository"
  | "hooks"
  | "automation"
  | "shell"
  | "tools"
  | "instructions"
  | "disguised"
  | "outside"
  | "scripts"
  | "fetches";

/** What makes a change guarded: never part of a general accept, but named and confirmed alone. */
export interface Guard {
  readonly kind: GuardKind;
  /** The part of the path, or of the text, that tells: `.vscode`, `scripts`, an address. */
  readonly name: string;
}

/**
 * Places whose files make a program do something without being asked: run a command, read another
 * file, send something. Names that follow one another anywhere in a path; what is below a folder of
 * that name is guarded too. `*` stands for any letters of one name.
 */
export const guardedPlaces: readonly (readonly [path: string, kind: GuardKind])[] = [
  [".vscode", "editorSettings"],
  [".vscode-insiders", "editorSettings"],
  [".vscode-server", "editorSettings"],
  [".vscodium", "editorSettings"],
  ["*.code-workspace", "editorSettings"],
  [".config/*/user", "editorSettings"],
  ["application support/*/user", "editorSettings"],
  ["roaming/*/user", "editorSettings"],
  [".idea", "editorSettings"],
  ["*.iml", "editorSettings"],
  [".vs", "editorSettings"],
  [".fleet", "editorSettings"],
  [".zed", "editorSettings"],
  [".nova", "editorSettings"],
  [".exrc", "editorSettings"],
  [".nvim.lua", "editorSettings"],
  [".vimrc", "editorSettings"],
  [".dir-locals.el", "editorSettings"],
  ["*.sublime-project", "editorSettings"],
  ["tasks.json", "editorSettings"],
  ["launch.json", "editorSettings"],
  [".run", "editorSettings"],
  [".devcontainer", "editorSettings"],
  [".devcontainer.json", "editorSettings"],
  ["devcontainer.json", "editorSettings"],
  [".gitpod.yml", "editorSettings"],
  [".git", "repository"],
  [".gitmodules", "repository"],
  [".gitattributes", "repository"],
  [".gitconfig", "repository"],
  [".config/git", "repository"],
  [".hg", "repository"],
  [".hgrc", "repository"],
  [".svn", "repository"],
  [".jj", "repository"],
  [".husky", "hooks"],
  [".huskyrc*", "hooks"],
  [".githooks", "hooks"],
  ["git-hooks", "hooks"],
  [".pre-commit-config.yaml", "hooks"],
  [".lefthook*", "hooks"],
  ["lefthook.*", "hooks"],
  [".lintstagedrc*", "hooks"],
  ["lint-staged.config.*", "hooks"],
  [".overcommit.yml", "hooks"],
  // A repository may keep its hooks in any folder.
  ["pre-commit", "hooks"],
  ["pre-merge-commit", "hooks"],
  ["prepare-commit-msg", "hooks"],
  ["commit-msg", "hooks"],
  ["post-commit", "hooks"],
  ["pre-rebase", "hooks"],
  ["post-rewrite", "hooks"],
  ["post-checkout", "hooks"],
  ["post-merge", "hooks"],
  ["pre-push", "hooks"],
  ["pre-receive", "hooks"],
  ["post-receive", "hooks"],
  [".github", "automation"],
  ["action.yml", "automation"],
  ["action.yaml", "automation"],
  [".gitlab-ci*", "automation"],
  [".gitlab", "automation"],
  [".circleci", "automation"],
  [".buildkite", "automation"],
  ["buildkite.*", "automation"],
  [".woodpecker*", "automation"],
  [".drone.*", "automation"],
  [".travis.*", "automation"],
  [".teamcity", "automation"],
  [".forgejo", "automation"],
  [".gitea", "automation"],
  ["azure-pipelines*", "automation"],
  [".azure-pipelines", "automation"],
  [".vsts-ci.*", "automation"],
  ["bitbucket-pipelines.*", "automation"],
  ["cloudbuild.*", "automation"],
  [".cloudbuild", "automation"],
  ["buildspec*.yml", "automation"],
  ["buildspec*.yaml", "automation"],
  ["jenkinsfile*", "automation"],
  ["appveyor.*", "automation"],
  [".appveyor.*", "automation"],
  [".cirrus.*", "automation"],
  ["wercker.*", "automation"],
  ["codefresh.*", "automation"],
  [".codefresh", "automation"],
  [".semaphore", "automation"],
  [".builds", "automation"],
  [".build.yml", "automation"],
  [".tekton", "automation"],
  ["screwdriver.*", "automation"],
  ["bitrise.*", "automation"],
  ["codemagic.*", "automation"],
  [".scrutinizer.*", "automation"],
  [".zuul*", "automation"],
  ["zuul.*", "automation"],
  [".space.kts", "automation"],
  ["bamboo-specs", "automation"],
  [".harness", "automation"],
  [".gocd.*", "automation"],
  [".readthedocs.*", "automation"],
  ["netlify.toml", "automation"],
  ["vercel.json", "automation"],
  ["render.yaml", "automation"],
  [".bash*", "shell"],
  [".profile", "shell"],
  [".zsh*", "shell"],
  [".zprofile", "shell"],
  [".zlog*", "shell"],
  [".ksh*", "shell"],
  [".csh*", "shell"],
  [".tcsh*", "shell"],
  [".login", "shell"],
  [".logout", "shell"],
  [".inputrc", "shell"],
  [".envrc", "shell"],
  [".xprofile", "shell"],
  [".xsession*", "shell"],
  [".pam_environment", "shell"],
  [".config/fish", "shell"],
  ["config.fish", "shell"],
  ["*profile.ps1", "shell"],
  ["profile.d", "shell"],
  ["bash.bashrc", "shell"],
  [".mkshrc", "shell"],
  [".config/nushell", "shell"],
  [".xonshrc", "shell"],
  [".config/xonsh", "shell"],
  [".elvish", "shell"],
  [".config/elvish", "shell"],
  // What a shell runs in whichever folder it comes to.
  [".direnvrc", "shell"],
  [".config/direnv", "shell"],
  ["mise.toml", "shell"],
  [".mise*", "shell"],
  [".config/mise*", "shell"],
  [".rvmrc", "shell"],
  [".autoenv*", "shell"],
  [".xinitrc", "shell"],
  [".config/autostart", "shell"],
  ["launchagents", "shell"],
  [".config/systemd", "shell"],
  [".ssh", "tools"],
  [".gnupg", "tools"],
  [".aws", "tools"],
  [".kube", "tools"],
  [".docker", "tools"],
  [".netrc", "tools"],
  [".npmrc", "tools"],
  [".yarnrc*", "tools"],
  [".pnpmfile.*", "tools"],
  [".pypirc", "tools"],
  ["pip.conf", "tools"],
  ["pip.ini", "tools"],
  ["sitecustomize.py", "tools"],
  ["usercustomize.py", "tools"],
  ["*.pth", "tools"],
  // What debuggers and interpreters run when they start in the folder.
  [".gdbinit", "tools"],
  [".lldbinit", "tools"],
  [".rprofile", "tools"],
  [".irbrc", "tools"],
  [".pryrc", "tools"],
  [".cargo", "tools"],
  [".mvn", "tools"],
  ["gradle-wrapper.properties", "tools"],
  // Code that an extension of the editor runs as soon as a file is opened.
  ["eslint.config.*", "tools"],
  [".eslintrc.js", "tools"],
  [".eslintrc.cjs", "tools"],
  [".eslintrc.mjs", "tools"],
  ["prettier.config.*", "tools"],
  [".prettierrc.js", "tools"],
  [".prettierrc.cjs", "tools"],
  [".prettierrc.mjs", "tools"],
  ["stylelint.config.*", "tools"],
  [".stylelintrc.js", "tools"],
  [".stylelintrc.cjs", "tools"],
  [".stylelintrc.mjs", "tools"],
  ["mcp.json", "tools"],
  [".mcp.json", "tools"],
  [".cursor", "tools"],
  [".claude", "tools"],
  [".codex", "tools"],
  [".gemini", "tools"],
  [".windsurf", "tools"],
  [".junie", "tools"],
  [".roo", "tools"],
  [".kilocode", "tools"],
  [".kiro", "tools"],
  [".trae", "tools"],
  [".amazonq", "tools"],
  [".continue", "tools"],
  [".opencode", "tools"],
  ["opencode.json*", "tools"],
  [".clinerules", "instructions"],
  [".cursorrules", "instructions"],
  [".windsurfrules", "instructions"],
  ["agents.md", "instructions"],
  ["claude.md", "instructions"],
  ["gemini.md", "instructions"],
  [".thinkaloud.md", "instructions"],
  [".thinkaloudignore", "instructions"],
];

/**
 * Whether a path names a guarded place, as any file system would read it: without regard to case,
 * to Unicode's normal forms and letters that are not seen, to dots and spaces at the end of a name,
 * to streams of NTFS and with its short names.
 * @param path absolute or relative, with `/` or `\`; not yet resolved.
 */
export function guardedPlace(path: string): Guard | undefined {
  const drive = /^[A-Za-z]:$/;
  const own = path
    .split(/[\\/]+/)
    .filter((each, at) => each !== "" && each !== "." && !(at < 2 && drive.test(each)));
  const resolved: string[] = [];
  for (const segment of own) {
    if (segment !== "..") resolved.push(segment);
    else if (resolved.pop() === undefined) return { kind: "outside", name: path };
  }
  const names = resolved.map(foldedName);
  for (const [place, kind] of guardedPlaces) {
    const wanted = place.split("/");
    const at = names.findIndex((_name, start) =>
      wanted.every((pattern, step) => fits(pattern, names[start + step])),
    );
    if (at >= 0) return { kind, name: resolved.slice(at, at + wanted.length).join("/") };
  }
  // `\\.\` leads to a device, wherever the rest seems to lead.
  const disguised = /^[\\/]{2}\.[\\/]/.test(path) ? path : own.find(isDisguised);
  return disguised === undefined ? undefined : { kind: "disguised", name: disguised };
}

/**
 * A name as the least particular file system reads it. `.VSCode.` is `.vscode`,
 * `.git::$INDEX_ALLOCATION` is `.git`.
 */
export function foldedName(name: string): string {
  return (
    name
      .normalize("NFKC")
      .replace(unseen, "")
      // As a capital first: some systems compare those, and two letters may share one.
      .toUpperCase()
      .toLowerCase()
      .replace(/(?<=.):.*$/su, "")
      .replace(/(?<=[^. ])[. ]+$/u, "")
  );
}

const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]/gu;
/** `GIT~1`, `SETTIN~1.JSO`: the short name of another file, which it does not tell. */
const shortName = /^[^.~]{1,6}~\d+(?:\.[^.]{0,3})?$/;

/** What Windows takes for a device in whatever folder, with any ending: `NUL`, `com1.log`. */
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$) *(?:\.|$)/;

/** Whether a name is written so that some file system takes it for another. */
function isDisguised(name: string): boolean {
  if (name === "..") return false;
  return (
    name.includes(":") ||
    name === "?" ||
    /[. ]$/u.test(name) ||
    name.replace(unseen, "") !== name ||
    name.normalize("NFKC") !== name.normalize("NFC") ||
    shortName.test(name) ||
    deviceName.test(foldedName(name))
  );
}

function fits(pattern: string, name: string | undefined): boolean {
  if (name === undefined) return false;
  const [start = "", end] = pattern.split("*");
  if (end === undefined) return name === pattern;
  return name.length >= pattern.length - 1 && name.startsWith(start) && name.endsWith(end);
}
