/**
 * VS Code's language ids and the files that it takes for them: a word that begins with a dot is an ending, a word with `*` a
 * pattern, every other a whole name. The lower half has the ids that the usual extensions bring.
 */
const files: Readonly<Record<string, string>> = {
  bat: ".bat .cmd",
  c: ".c .i",
  clojure: ".clj .cljs .cljc .cljx .clojure .edn",
  coffeescript: ".coffee .cson .iced",
  cpp: `
    .cpp .cppm .cc .ccm .cxx .cxxm .c++ .c++m .hpp .hh .hxx .h++ .h .ii .ino .inl .ipp .ixx .mpp
    .mxx .tpp .txx .hpp.in .h.in`,
  csharp: ".cs .csx .cake",
  css: ".css",
  "cuda-cpp": ".cu .cuh",
  dart: ".dart",
  diff: ".diff .patch .rej",
  dockercompose: `
    compose.yml compose.yaml compose.*.yml compose.*.yaml *docker*compose*.yml
    *docker*compose*.yaml`,
  dockerfile: ".dockerfile .containerfile dockerfile containerfile dockerfile.* containerfile.*",
  dotenv: ".env .flaskenv .env.*",
  fsharp: ".fs .fsi .fsx .fsscript",
  go: ".go",
  groovy: ".groovy .gvy .gradle .jenkinsfile .nf jenkinsfile*",
  handlebars: ".handlebars .hbs .hjs",
  hlsl: ".hlsl .hlsli .fx .fxh .vsh .psh .cginc .compute",
  html: ".html .htm .shtml .xhtml .xht .mdoc .jsp .asp .aspx .jshtm .volt .ejs .rhtml",
  ignore: ".gitignore .gitignore_global .git-blame-ignore-revs .npmignore .vscodeignore",
  ini: ".ini",
  jade: ".pug .jade",
  java: ".java .jav",
  javascript: ".js .es6 .mjs .cjs .pac jakefile",
  javascriptreact: ".jsx",
  json: `
    .json .bowerrc .jscsrc .webmanifest .js.map .css.map .ts.map .har .jslintrc .jsonld .geojson
    .ipynb .vuerc .tsbuildinfo composer.lock .watchmanconfig`,
  jsonc: `
    .jsonc .code-workspace .eslintrc .eslintrc.json .jsfmtrc .jshintrc .swcrc .hintrc .babelrc
    .babelrc.json babel.config.json bun.lock .ember-cli typedoc.json tsconfig.json jsconfig.json
    tsconfig.*.json jsconfig.*.json tsconfig-*.json jsconfig-*.json settings.json launch.json
    tasks.json mcp.json keybindings.json extensions.json argv.json profiles.json
    devcontainer.json .devcontainer.json`,
  jsonl: ".jsonl .ndjson",
  julia: ".jl",
  latex: ".tex .ltx .ctx",
  less: ".less",
  log: ".log",
  lua: ".lua",
  makefile: ".mak .mk makefile gnumakefile ocamlmakefile",
  markdown: ".md .mkd .mkdn .mdwn .mdown .markdown .markdn .mdtxt .mdtext .workbook",
  "objective-c": ".m",
  "objective-cpp": ".mm",
  perl: ".pl .pm .pod .t .psgi",
  php: ".php .php4 .php5 .phtml .ctp",
  powershell: ".ps1 .psm1 .psd1 .pssc .psrc",
  properties: `
    .conf .properties .cfg .directory .gitattributes .gitconfig .gitmodules .editorconfig .repo
    .npmrc gitconfig`,
  python: ".py .rpy .pyw .cpy .gyp .gypi .pyi .ipy .pyt sconstruct sconscript",
  r: ".r .rhistory .rprofile .rt",
  raku: ".raku .rakumod .rakutest .rakudoc .nqp .p6 .pl6 .pm6",
  razor: ".cshtml .razor",
  restructuredtext: ".rst",
  ruby: `
    .rb .rbx .rjs .gemspec .rake .ru .erb .podspec .rbi rakefile gemfile guardfile podfile
    capfile vagrantfile appraisals berksfile thorfile puppetfile dangerfile brewfile fastfile
    appfile deliverfile matchfile scanfile snapfile gymfile`,
  rust: ".rs",
  scss: ".scss",
  shaderlab: ".shader",
  shellscript: `
    .sh .bash .bashrc .bash_aliases .bash_profile .bash_login .bash_logout .ebuild .eclass
    .profile .xprofile .xsession .xsessionrc .zsh .zshrc .zprofile .zlogin .zlogout .zshenv
    .zsh-theme .fish .ksh .csh .cshrc .tcshrc .yashrc .yash_profile apkbuild pkgbuild .envrc
    .hushlogin zshrc zshenv zlogin zprofile zlogout`,
  sql: ".sql .dsql",
  swift: ".swift",
  tex: ".sty .cls",
  typescript: ".ts .cts .mts",
  typescriptreact: ".tsx",
  vb: ".vb .brs .vbs .bas .vba",
  xml: `
    .xml .xsd .csproj .fsproj .vbproj .vcxproj .props .targets .proj .nuspec .xaml .axaml .svg
    .rss .atom .rdf .wsdl .dtd .xlf .xliff .plist .storyboard .iml .opml .resx`,
  xsl: ".xsl .xslt",
  yaml: ".yaml .yml .eyaml .eyml .cff",

  astro: ".astro",
  cmake: ".cmake cmakelists.txt",
  elixir: ".ex .exs",
  elm: ".elm",
  erlang: ".erl .hrl",
  graphql: ".graphql .gql",
  haskell: ".hs .lhs",
  kotlin: ".kt .kts",
  nix: ".nix",
  ocaml: ".ml .mli",
  prisma: ".prisma",
  proto3: ".proto",
  scala: ".scala .sc .sbt",
  solidity: ".sol",
  svelte: ".svelte",
  terraform: ".tf .tfvars",
  toml: ".toml cargo.lock poetry.lock pipfile",
  vue: ".vue",
  zig: ".zig",
};

/** The programs that a script's first line may name. */
const interpreters: readonly (readonly [pattern: RegExp, languageId: string])[] = [
  [/\b(deno|bun|ts-node|tsx)\b/, "typescript"],
  [/\bnode\b/, "javascript"],
  [/\bpython[\d.-]*\b/, "python"],
  [/\bruby\b/, "ruby"],
  [/\bperl\b/, "perl"],
  [/\bphp\b/, "php"],
  [/\bpwsh\b/, "powershell"],
  [/\bgroovy\b/, "groovy"],
  [/\bjulia[\d.-]*\b/, "julia"],
  [/\bmake\b/, "makefile"],
  [/\b(ba|z|fi|k|da|a|c|tc|ya)?sh\b/, "shellscript"],
];

const names = new Map<string, string>();
const patterns: (readonly [pattern: RegExp, length: number, languageId: string])[] = [];
const endings = new Map<string, string>();
for (const [languageId, words] of Object.entries(files)) {
  for (const word of words.trim().split(/\s+/)) {
    if (word.includes("*")) patterns.push([patternOf(word), word.length, languageId]);
    else (word.startsWith(".") ? endings : names).set(word, languageId);
  }
}

/**
 * The editor's language id of a file, by the editor's own order: its whole name, the longest pattern, the longest ending, and
 * the program that its first line names. `plaintext` where none of them says anything.
 * @param path with forward slashes or the system's own
 * @param firstLine the text, or as much of its beginning as holds the first line
 */
export function languageOf(path: string, firstLine: string): string {
  const name = path
    .slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1)
    .toLowerCase();
  return (
    names.get(name) ?? byPattern(name) ?? byEnding(name) ?? byInterpreter(firstLine) ?? "plaintext"
  );
}

function byPattern(name: string): string | undefined {
  const fitting = patterns.filter(([pattern]) => pattern.test(name));
  return fitting.sort(([, one], [, other]) => other - one)[0]?.[2];
}

function byEnding(name: string): string | undefined {
  for (let dot = name.indexOf("."); dot >= 0; dot = name.indexOf(".", dot + 1)) {
    const found = endings.get(name.slice(dot));
    if (found !== undefined) return found;
  }
  return undefined;
}

function byInterpreter(text: string): string | undefined {
  const program = /^#!([^\r\n]*)/.exec(text)?.[1];
  return program && interpreters.find(([pattern]) => pattern.test(program))?.[1];
}

function patternOf(word: string): RegExp {
  const literal = word.replace(/[.+]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${literal}$`);
}
