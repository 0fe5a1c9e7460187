/** The editor's ids of languages, each with the other names that models and people give it in fences. */
const namesOf: Readonly<Record<string, string>> = {
  ada: "adb ads",
  asciidoc: "adoc",
  astro: "",
  asm: "assembly nasm masm gas x86asm arm64asm armasm assembler",
  awk: "gawk",
  bat: "batch cmd dos batchfile",
  bibtex: "bib",
  c: "h c99 c11 c17 c23",
  clojure: "clj cljs cljc clojurescript edn",
  cmake: "",
  cobol: "cob",
  coffeescript: "coffee",
  cpp: "c++ cc cxx hpp hh hxx h++ cpp11 cpp17 cpp20 arduino ino",
  crystal: "cr",
  csharp: "cs c# dotnet csx",
  css: "css3 postcss",
  csv: "tsv psv",
  "cuda-cpp": "cuda cu cuh",
  d: "dlang",
  dart: "flutter",
  "django-html": "django jinja jinja2 jinja-html j2",
  dockerfile: "docker containerfile",
  dotenv: "env",
  elixir: "ex exs iex eex heex",
  elm: "",
  erlang: "erl hrl",
  fortran: "f90 f95 f77 f03 f08 fortran-modern fortran90 fortran_fixed-form fortranfreeform",
  fsharp: "fs f# fsx fsi",
  gdscript: "gd godot",
  glsl: "vert frag wgsl hlsl shader shaderlab",
  go: "golang",
  "go.mod": "gomod go.sum",
  graphql: "gql graphqls",
  groovy: "gradle gvy jenkinsfile",
  handlebars: "hbs mustache",
  haskell: "hs lhs literate-haskell",
  haxe: "hx",
  hcl: "terraform tf tfvars opentofu",
  html: "htm xhtml html5 angular ejs erb twig liquid blade razor cshtml aspnetcorerazor",
  http: "rest",
  ignore: "gitignore dockerignore",
  ini: "cfg conf properties editorconfig desktop systemd inf toml-ini",
  java: "jav",
  javascript: "js mjs cjs node nodejs ecmascript es6 javascript-node",
  javascriptreact: "jsx react",
  json: "jsonc json5 jsonl ndjson geojson hjson webmanifest json-with-comments ipynb topojson",
  jsonnet: "libsonnet",
  julia: "jl",
  kotlin: "kt kts",
  latex: "tex",
  less: "",
  lisp: "commonlisp common-lisp cl elisp emacs-lisp scheme racket scm rkt",
  lua: "luau luajit",
  makefile: "make mk mak gnumake gmake",
  markdown: "md mdx mkd markdown-math quarto qmd rmd",
  matlab: "octave",
  mermaid: "",
  nginx: "nginxconf",
  nim: "",
  nix: "",
  "objective-c": "objc objectivec obj-c objective_c",
  "objective-cpp": "objc++ objectivec++ objective-c++ objcpp mm obj-c++",
  ocaml: "ml mli reason ocaml.interface",
  pascal: "delphi objectpascal pas lazarus",
  perl: "pl pm perl5 perl6 raku",
  php: "php3 php7 php8 phtml",
  plaintext: "text txt plain none raw nohighlight",
  plantuml: "puml uml",
  powershell: "ps ps1 pwsh posh psm1",
  prisma: "",
  prolog: "",
  proto: "protobuf proto3 proto2 proto-buffer",
  pug: "jade",
  puppet: "pp",
  python: "py py2 py3 python2 python3 pyi pyx cython ipython gyp sage micropython",
  r: "rlang rscript",
  restructuredtext: "rst rest-text",
  ruby: "rb rake gemfile jruby irb rakefile podfile",
  rust: "rs rustlang",
  sass: "",
  scala: "sc sbt",
  scss: "",
  shellscript: "sh bash zsh ksh fish shell csh tcsh dash ash command commands",
  smalltalk: "st",
  solidity: "sol",
  sql: "mysql pgsql postgres postgresql plsql plpgsql tsql mssql sqlite sqlite3 bigquery mariadb",
  starlark: "bzl bazel buck tiltfile",
  stylus: "styl",
  svelte: "",
  swift: "swiftui",
  systemverilog: "sv verilog svh v-verilog",
  tcl: "",
  toml: "cargo pyproject",
  typescript: "ts mts cts deno angular-ts",
  typescriptreact: "tsx",
  v: "vlang",
  vb: "vbnet visualbasic visual-basic vba vbscript vbs",
  vhdl: "vhd",
  viml: "vim vimscript",
  vue: "vue-html vue3 sfc",
  xml: "xsl xslt xsd svg plist rss atom wsdl xaml axaml fxml csproj msbuild pom",
  yaml: "yml dockercompose docker-compose github-actions-workflow ansible helm azure-pipelines home-assistant k8s kubernetes eyaml openapi",
  zig: "",
};

/** What is shown of a running program: never code of a file, but of one that keeps just that. */
const shown =
  "console output stdout stderr terminal shell-session shellsession log logs trace traceback ansi tree result results pycon python-repl doctest sh-session bash-session powershell-session diff patch udiff stacktrace error errors";

/** Languages whose code is often given under one another's names. */
const families: readonly string[] = [
  "javascript javascriptreact typescript typescriptreact coffeescript",
  "c cpp objective-c objective-cpp cuda-cpp",
  "css scss sass less stylus",
  "html xml handlebars django-html pug",
  "json jsonnet",
  "ini toml dotenv",
  "python starlark",
  "java groovy",
  "hcl json",
];

/** What a file may hold pieces of in other languages. */
const pieces: Readonly<Record<string, string>> = {
  vue: "html xml pug javascript javascriptreact typescript typescriptreact css scss sass less stylus json yaml",
  svelte: "html xml javascript typescript css scss sass less stylus",
  astro: "html xml javascript javascriptreact typescript typescriptreact css scss sass less stylus",
  html: "javascript typescript css scss json php vue svelte astro javascriptreact",
  "django-html": "javascript css",
  handlebars: "javascript css",
  php: "html javascript css sql xml",
  xml: "vue svelte",
};

const idOf = new Map<string, string>(
  Object.entries(namesOf).flatMap(([id, names]) =>
    wordsOf(`${id} ${names}`).map((one) => [one, id]),
  ),
);
const isShown = new Set(wordsOf(shown));
const related = relatives();

/**
 * Whether code in a fence of that name can belong to a file of that language. A fence without a
 * name, or with one that nobody knows, can; so can any code in plain text, which may be a file that
 * was never saved, and in Markdown.
 */
export function languagesAgree(fence: string, languageId: string): boolean {
  const name = fence.toLowerCase();
  const file = languageId.toLowerCase();
  if (name === "" || name === file) return true;
  if (isShown.has(name)) return false;
  const theirs = idOf.get(name);
  const ours = idOf.get(file);
  if (theirs === undefined || theirs === "plaintext" || theirs === ours) return true;
  if (ours === "plaintext" || ours === "markdown") return true;
  // Of a language that is not in the table, only commands to run are surely none of its code.
  if (ours === undefined) return !runs.has(theirs);
  return related.get(ours)?.has(theirs) ?? false;
}

const runs = new Set(["shellscript", "bat", "powershell"]);

function relatives(): ReadonlyMap<string, ReadonlySet<string>> {
  const all = new Map<string, Set<string>>();
  const add = (id: string, others: readonly string[]): void => {
    all.set(id, new Set([...(all.get(id) ?? []), ...others]));
  };
  for (const family of families.map(wordsOf)) for (const id of family) add(id, family);
  for (const [id, others] of Object.entries(pieces)) add(id, wordsOf(others));
  return all;
}

function wordsOf(text: string): string[] {
  return text.split(" ").filter((word) => word !== "");
}
