import { describe, expect, it } from "vitest";
import { languagesAgree } from "../../../src/core/edit/text/fence-languages";

describe("code in a fence can belong to a file", () => {
  it.each([
    ["vue", "html xml vue js ts javascript typescript jsx tsx css scss less stylus json vue-html"],
    ["svelte", "svelte html js ts css scss javascript typescript"],
    ["astro", "astro html js ts jsx tsx css"],
    ["html", "html xml js javascript css htm php"],
    ["php", "php html css js sql"],
    ["xml", "xml html svg xsl"],
    ["javascript", "js jsx ts tsx mjs cjs node JavaScript typescript"],
    ["typescriptreact", "tsx ts js jsx react typescript javascript"],
    ["python", "py py3 python3 Python ipython cython"],
    ["go", "golang go Go"],
    ["json", "json jsonc json5 JSON"],
    ["jsonc", "json jsonc json5"],
    ["yaml", "yml yaml docker-compose k8s"],
    ["dockercompose", "yaml yml"],
    ["makefile", "make Makefile makefile mk"],
    ["dockerfile", "docker Dockerfile containerfile"],
    ["shellscript", "sh bash zsh shell fish ksh"],
    ["powershell", "ps1 pwsh powershell"],
    ["bat", "batch cmd bat"],
    ["cpp", "c++ cpp cc hpp c cuda objc arduino"],
    ["c", "c h cpp"],
    ["objective-c", "objc objectivec objective-c obj-c c"],
    ["cuda-cpp", "cuda cu cpp c++"],
    ["csharp", "cs c# csharp"],
    ["fsharp", "f# fs fsharp"],
    ["kotlin", "kt kts kotlin"],
    ["groovy", "gradle groovy java"],
    ["restructuredtext", "rst"],
    ["latex", "tex latex"],
    ["viml", "vim vimscript"],
    ["terraform", "hcl tf terraform"],
    ["sql", "sql postgres mysql sqlite"],
    ["plaintext", "python kotlin json bash html rust mermaid text"],
    ["markdown", "md markdown bash python text html"],
    ["some-language-of-its-own", "python c json some-language-of-its-own"],
  ])("of %s", (languageId, fences) => {
    const wrong = fences.split(" ").filter((fence) => !languagesAgree(fence, languageId));
    expect(wrong).toEqual([]);
    expect(languagesAgree("", languageId)).toBe(true);
    expect(languagesAgree("a-word-that-names-nothing", languageId)).toBe(true);
  });

  it.each([
    ["python", "bash sh shell console json yaml html js java sql mermaid output pycon diff"],
    ["typescript", "bash json html css python console diff"],
    ["vue", "bash python console"],
    ["json", "bash js yaml python toml"],
    ["makefile", "bash python c"],
    ["rust", "toml bash c console"],
    ["plaintext", "console output stdout terminal diff log"],
    ["markdown", "console output"],
    ["kotlin", "java groovy bash"],
    ["some-language-of-its-own", "bash powershell console output"],
  ])("but not code, commands or output of another kind, to one of %s", (languageId, fences) => {
    expect(fences.split(" ").filter((fence) => languagesAgree(fence, languageId))).toEqual([]);
  });

  it("also of what is else only shown, where the file is of that kind", () => {
    expect(languagesAgree("diff", "diff")).toBe(true);
    expect(languagesAgree("log", "log")).toBe(true);
  });
});
