import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CodeAction, Diagnostic } from "vscode-languageserver";
import type { ActionArguments } from "../../src/protocol/commands";
import type { Range, Target } from "../../src/protocol/document";
import type {
  SyntaxContextResult,
  TextContextResult,
  TextSyntaxResult,
} from "../../src/protocol/language-server";
import { TextAnswers } from "../../src/session/syntax/text-answers";
import { textsOf } from "../support/texts-of";
import { cut, place } from "../syntax/place";
import { type BuiltServer, buildServer, type SpawnedServer, startServer } from "./spawned-server";

let built: BuiltServer;
let server: SpawnedServer;
let opened = 0;

beforeAll(async () => {
  built = await buildServer();
  server = await startServer(built);
});
afterAll(() => {
  server.process.kill();
  built.remove();
});

async function open(
  languageId: string,
  text: string,
  uri = `file:///sample/${opened++}.txt`,
): Promise<string> {
  await server.connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId, version: 1, text },
  });
  return uri;
}

/** Opens Python in which a place is marked. */
async function openAt(marked: string) {
  const { text, range } = place(marked);
  return { text, range, uri: await open("python", text) };
}

function codeActions(
  uri: string,
  range: Range,
  context: Partial<{ diagnostics: Diagnostic[]; only: string[] }> = {},
) {
  return server.connection.sendRequest<CodeAction[] | null>("textDocument/codeAction", {
    textDocument: { uri },
    range,
    context: { diagnostics: [], ...context },
  });
}

function rangeOf(action: CodeAction | undefined): Range | undefined {
  return (action?.command?.arguments?.[0] as ActionArguments | undefined)?.range;
}

function textSyntax(params: object): Promise<TextSyntaxResult> {
  return server.connection.sendRequest<TextSyntaxResult>("thinkaloud/textSyntax", params);
}

const python = 'import os\n\n\ndef half(n):\n    """Half of n."""\n    return ‸n * 2\n';
const problem = (range: Range, message = "wrong"): Diagnostic => ({
  range,
  message,
  severity: 2,
  source: "checker",
  code: 42,
  data: { secret: 1 },
});

describe("The lightbulb", () => {
  it("offers a quick fix for a problem, which carries the problem as plain data", async () => {
    const { range, uri } = await openAt(python);
    const found = await codeActions(uri, range, { diagnostics: [problem(range)] });
    expect(found?.[0]).toEqual({
      title: "Fix with Thinkaloud",
      kind: "quickfix.thinkaloud",
      diagnostics: [problem(range)],
      command: {
        title: "Fix with Thinkaloud",
        command: "thinkaloud.fix",
        arguments: [
          {
            uri,
            range,
            diagnostics: [
              { range, message: "wrong", severity: "warning", source: "checker", code: "42" },
            ],
          },
        ],
      },
    });
    expect(found?.map((action) => action.title)).toEqual([
      "Fix with Thinkaloud",
      "Explain with Thinkaloud",
      "Improve with Thinkaloud",
      "Write tests with Thinkaloud",
      "Document with Thinkaloud",
    ]);
    expect(found?.some((action) => action.isPreferred)).toBe(false);
  });

  it("is in the language that the editor names, with its texts", async () => {
    const { text, range } = place(python);
    const { connection, process } = await startServer(built, {
      grammarsFolder: built.grammarsFolder,
      language: "fr",
      texts: textsOf("fr"),
    });
    const textDocument = {
      uri: "file:///sample/french.py",
      languageId: "python",
      version: 1,
      text,
    };
    await connection.sendNotification("textDocument/didOpen", { textDocument });
    const found = await connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument,
      range,
      context: { diagnostics: [] },
    });
    process.kill();
    expect(found[0]?.title).toBe("Corriger avec Thinkaloud");
  });

  it("tells several problems in one place apart by their messages", async () => {
    const { range, uri } = await openAt(python);
    const found = await codeActions(uri, range, {
      diagnostics: [problem(range, "one\n thing"), problem(range, "x".repeat(300))],
      only: ["quickfix"],
    });
    expect(found?.map((action) => action.title)).toEqual([
      "Fix with Thinkaloud: one thing",
      `Fix with Thinkaloud: ${"x".repeat(59)}…`,
    ]);
  });

  it("offers everything, a fix too, for the symbol at the cursor when no tool reports a problem", async () => {
    const { range, uri, text } = await openAt(python);
    const found = await codeActions(uri, range);
    expect(found?.map((action) => [action.command?.command, action.kind])).toEqual([
      ["thinkaloud.fix", "refactor.rewrite.thinkaloud"],
      ["thinkaloud.explain", "refactor.thinkaloud"],
      ["thinkaloud.improve", "refactor.rewrite.thinkaloud"],
      ["thinkaloud.writeTests", "refactor.thinkaloud"],
      ["thinkaloud.document", "refactor.rewrite.thinkaloud"],
    ]);
    for (const action of found ?? [])
      expect(cut(text, rangeOf(action) as Range)).toBe(
        'def half(n):\n    """Half of n."""\n    return n * 2',
      );
  });

  it.each([
    ["a test's file", "file:///test/test_half.py", "def half(n):\n    return ‸n‸\n", true],
    ["a test beside the code", undefined, "def test_half(n):\n    return ‸n‸\n", true],
    ["code", "file:///test/a/b/c/half.py", "def half(n):\n    return ‸n‸\n", false],
  ])(
    "offers to fix failing tests in %s, with a problem or without",
    async (_name, own, marked, isOffered) => {
      const { text, range } = place(marked);
      const uri = await open("python", text, own);
      const offered = async (diagnostics: Diagnostic[]) =>
        (await codeActions(uri, range, { diagnostics }))?.filter(
          ({ command }) => command?.command === "thinkaloud.fixUntilGreen",
        );
      const kinds = [...((await offered([])) ?? []), ...((await offered([problem(range)])) ?? [])];
      expect(kinds.map(({ title, kind }) => `${title} ${kind}`)).toEqual(
        isOffered
          ? [
              "Fix failing tests with Thinkaloud refactor.rewrite.thinkaloud",
              "Fix failing tests with Thinkaloud quickfix.thinkaloud",
            ]
          : [],
      );
    },
  );

  it("is about the selection when there is one", async () => {
    const { range, uri } = await openAt("def f():\n    ‸return‸ 1\n");
    expect(rangeOf((await codeActions(uri, range))?.[0])).toEqual(range);
  });

  it("works in a language without a grammar, for the selection or the line, and is silent on an empty line", async () => {
    const uri = await open("lua", "local x = 1\n\n  print(x)\n");
    const cursor = (line: number): Range => ({
      start: { line, character: 3 },
      end: { line, character: 3 },
    });
    expect(rangeOf((await codeActions(uri, cursor(2)))?.[0])).toEqual({
      start: { line: 2, character: 0 },
      end: { line: 2, character: 10 },
    });
    expect(
      await codeActions(uri, { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }),
    ).toEqual([]);
    const selection = { start: { line: 0, character: 0 }, end: { line: 2, character: 1 } };
    expect(rangeOf((await codeActions(uri, selection))?.[4])).toEqual(selection);
  });

  it.each([
    [["quickfix"], ["thinkaloud.fix"]],
    [
      ["refactor"],
      ["thinkaloud.explain", "thinkaloud.improve", "thinkaloud.writeTests", "thinkaloud.document"],
    ],
    [["refactor.rewrite"], ["thinkaloud.improve", "thinkaloud.document"]],
    [
      ["quickfix.thinkaloud", "refactor.rewrite.thinkaloud"],
      ["thinkaloud.fix", "thinkaloud.improve", "thinkaloud.document"],
    ],
    [["source.fixAll"], []],
    [["refactor.re"], []],
    [[], []],
    [
      [""],
      [
        "thinkaloud.fix",
        "thinkaloud.explain",
        "thinkaloud.improve",
        "thinkaloud.writeTests",
        "thinkaloud.document",
      ],
    ],
  ])("asked for the kinds %j alone, offers %j", async (only, commands) => {
    const { range, uri } = await openAt(python);
    const found = await codeActions(uri, range, { diagnostics: [problem(range)], only });
    expect(found?.map((action) => action.command?.command)).toEqual(commands);
  });
});

describe("The syntax requests", () => {
  it("answer for an open document, with the version they speak of", async () => {
    const { range, uri } = await openAt(python);
    const found = await server.connection.sendRequest<SyntaxContextResult>(
      "thinkaloud/syntaxContext",
      { uri, range },
    );
    expect(found).toMatchObject({
      version: 1,
      context: {
        enclosing: { name: "half", doc: '"""Half of n."""' },
        imports: [{ end: { character: 9 } }],
      },
    });
    await server.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: 7 },
      contentChanges: [
        {
          range: { start: { line: 3, character: 4 }, end: { line: 3, character: 8 } },
          text: "third",
        },
      ],
    });
    const after = await server.connection.sendRequest<SyntaxContextResult>(
      "thinkaloud/syntaxContext",
      { uri, range },
    );
    expect(after).toMatchObject({
      version: 7,
      context: { enclosing: { name: "third", signature: "def third(n)" } },
    });
  });

  it("answer for a text that is not open", async () => {
    const { text, range } = place(python);
    const context = await server.connection.sendRequest<TextContextResult>(
      "thinkaloud/textContext",
      { languageId: "python", text, range },
    );
    expect(context?.enclosing?.name).toBe("half");
    const found = await textSyntax({ languageId: "typescript", text: "class A { m() {} }" });
    expect(found).toMatchObject({ outline: [{ name: "A" }, { name: "m" }], errors: [] });
    const broken = await textSyntax({ languageId: "go", text: "package p\nfunc (" });
    expect(broken).toMatchObject({ errors: [{}] });
  });

  it("take a change of a text that was answered for, and give back what it did not touch as runs", async () => {
    const text = "def f():\n    return 1\n\n\ndef g():\n    return 2\n\n\ndef h():\n    return 3\n";
    const whole = await textSyntax({ languageId: "python", text });
    const base = whole?.kind === "known" ? whole.text : "";
    const at = text.indexOf("2");
    const inserted = "(\n        3)\n";
    const changed = await textSyntax({ base, start: at, end: at + 2, inserted });
    expect(changed).toMatchObject({
      outline: [
        { from: 0, count: 1, lines: 0 },
        { name: "g", range: { end: { line: 6 } } },
        { from: 2, count: 1, lines: 1 },
      ],
      errors: [],
    });
    expect(await textSyntax({ base: "never seen", start: 0, end: 0, inserted: "" })).toEqual({
      kind: "forgotten",
    });
  });

  it("take a change of a document that is open, as the context named it", async () => {
    const { range, uri, text } = await openAt(python);
    const context = await server.connection.sendRequest<SyntaxContextResult>(
      "thinkaloud/syntaxContext",
      { uri, range },
    );
    const changed = await textSyntax({
      base: context?.text ?? "",
      start: text.length,
      end: text.length,
      inserted: "\ndef g(): pass\n",
    });
    expect(changed).toMatchObject({
      outline: [{ from: 0, count: 1, lines: 0 }, { name: "g" }],
      errors: [],
    });
  });

  it("say of a document's outline only what changed since the last answer, and all of it to whom they do not know", async () => {
    let text = Array.from({ length: 60 }, (_, at) => `def f${at}():\n    return ${at}\n`).join(
      "\n",
    );
    const uri = await open("python", text);
    const answers = new TextAnswers(textSyntax);
    const replies: string[] = [];
    const at = { line: 91, character: 4 };
    const ask = async (version: number) => {
      const range = { start: at, end: at };
      const target: Target = {
        uri,
        path: "f.py",
        languageId: "python",
        version,
        text,
        range,
        diagnostics: [],
      };
      return await answers.context(target, async (params) => {
        const found = await server.connection.sendRequest<SyntaxContextResult>(
          "thinkaloud/syntaxContext",
          params,
        );
        replies.push(JSON.stringify(found));
        return found;
      });
    };
    const first = await ask(1);
    expect(first?.outline).toHaveLength(60);
    expect(await ask(1)).toEqual(first);
    const inserted = "    pass\n";
    const start = { line: 91, character: 0 };
    text = text.split("\n").toSpliced(91, 0, "    pass").join("\n");
    await server.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range: { start, end: start }, text: inserted }],
    });
    const changed = await ask(2);
    const alone = await server.connection.sendRequest<TextContextResult>("thinkaloud/textContext", {
      languageId: "python",
      text,
      range: { start: at, end: at },
    });
    expect(changed).toEqual(alone);
    const [whole = 0, ...others] = replies.map(({ length }) => length);
    expect(others.every((length) => length < whole / 8)).toBe(true);
    const since = { base: "never seen", start: 0, end: 0, inserted: "" };
    const range = { start: at, end: at };
    expect(
      await server.connection.sendRequest("thinkaloud/syntaxContext", { uri, range, since }),
    ).toMatchObject({ context: { outline: alone?.outline } });
  });

  it.each([
    ["shellscript", "f() {\n  echo 1\n}"],
    ["csharp", "class A { int f() { return 1; } }"],
    ["c", "int f(int n) { return n; }"],
    ["cpp", "int f(int n) { return n; }"],
    ["css", ".a { color: red; }"],
    ["go", "package a\nfunc f() {}"],
    ["java", "class A { int f() { return 1; } }"],
    ["javascript", "function f() {}"],
    ["php", "<?php\nfunction f() {}"],
    ["python", "def f(): pass"],
    ["ruby", "def f\nend"],
    ["rust", "fn f() {}"],
    ["typescript", "function f(n: number) {}"],
    ["typescriptreact", "const F = () => <b>1</b>;"],
  ])("know every language whose grammar ships: %s", async (languageId, text) => {
    const found = await textSyntax({ languageId, text });
    expect(found).toMatchObject({ errors: [] });
    expect(found?.kind === "known" ? found.outline : []).not.toHaveLength(0);
  });

  it("are answered with null for a closed or unknown document and a language without a grammar", async () => {
    const { range, uri } = await openAt(python);
    await server.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    expect(
      await server.connection.sendRequest("thinkaloud/syntaxContext", { uri, range }),
    ).toBeNull();
    expect(
      await server.connection.sendRequest("thinkaloud/syntaxContext", {
        uri: await open("lua", "x"),
        range,
      }),
    ).toBeNull();
    expect(await textSyntax({ languageId: "lua", text: "x" })).toBeNull();
    expect(await codeActions("file:///nowhere", range)).toBeNull();
  });

  it("say that a grammar cannot be loaded, each time to who asks, once in the log, and the lightbulb goes on without it", async () => {
    rmSync(join(built.grammarsFolder, "rust.wasm.br"));
    const { connection, logged, process } = await startServer(built);
    const text = "fn f() {}";
    const languageId = "rust";
    const uri = "file:///a.rs";
    const range = { start: { line: 0, character: 4 }, end: { line: 0, character: 4 } };
    const textDocument = { uri, languageId, version: 1, text };
    await connection.sendNotification("textDocument/didOpen", { textDocument });
    for (const [request, params] of [
      ["thinkaloud/syntaxContext", { uri, range }],
      ["thinkaloud/textContext", { languageId, text, range }],
      ["thinkaloud/textSyntax", { languageId, text }],
    ] as const)
      await expect(connection.sendRequest(request, params)).rejects.toThrow(
        /^The rust grammar could not be loaded/,
      );
    const lightbulb = { textDocument: { uri }, range, context: { diagnostics: [] } };
    expect(await connection.sendRequest("textDocument/codeAction", lightbulb)).toHaveLength(5);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(logged.filter((line) => line.includes("rust"))).toHaveLength(1);
    process.kill();
  });

  it("survive parameters that make no sense", async () => {
    const uri = await open("python", "def f(): pass\n");
    const nonsense = [
      null,
      1,
      "x",
      [],
      {},
      { uri },
      { uri, range: 1 },
      { uri, range: { start: { line: -1, character: 0 }, end: {} } },
      { uri: 5, range: {} },
      { languageId: 1, text: 2 },
      { languageId: "python" },
      { base: "x", start: 2, end: 1, inserted: "" },
      { base: "x", start: 0, end: 1 },
    ];
    for (const params of nonsense) {
      for (const request of [
        "thinkaloud/syntaxContext",
        "thinkaloud/textContext",
        "thinkaloud/textSyntax",
      ]) {
        expect(await server.connection.sendRequest(request, params)).toBeNull();
      }
    }
    for (const params of [
      {},
      { textDocument: { uri } },
      { textDocument: { uri }, range: { start: {} }, context: {} },
    ]) {
      expect(await server.connection.sendRequest("textDocument/codeAction", params)).toBeNull();
    }
    await server.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: 2 },
    });
    await server.connection.sendNotification("textDocument/didOpen", {});
    const far = {
      start: { line: 2_147_483_647, character: 0 },
      end: { line: 2_147_483_647, character: 0 },
    };
    expect(
      await server.connection.sendRequest("thinkaloud/syntaxContext", { uri, range: far }),
    ).toMatchObject({ version: expect.any(Number) });
    expect(server.process.exitCode).toBeNull();
  });

  it("write nothing but the protocol", () => {
    expect(server.stderr()).toBe("");
  });
});

describe("The process", () => {
  it("ends when it is told to, and when its editor is gone", async () => {
    const polite = await startServer(built);
    await polite.connection.sendRequest("shutdown");
    await polite.connection.sendNotification("exit");
    expect(await polite.exited).toBe(0);
    const orphan = await startServer(built);
    orphan.process.stdin?.end();
    expect(await orphan.exited).not.toBeNull();
  });

  it("finds the grammars beside itself when nobody says where they are, and lives without any", async () => {
    const bare = await startServer(built, {});
    const outline = bare.connection.sendRequest("thinkaloud/textSyntax", {
      languageId: "python",
      text: "def f(): pass",
    });
    await expect(outline).rejects.toThrow("grammars");
    const uri = "file:///a.py";
    await bare.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "python", version: 1, text: "def f(): pass" },
    });
    const cursor = { start: { line: 0, character: 5 }, end: { line: 0, character: 5 } };
    const actions = await bare.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri },
      range: cursor,
      context: { diagnostics: [] },
    });
    expect(actions).toHaveLength(5);
    expect(bare.logged.some((line) => line.includes("grammars"))).toBe(true);
    bare.process.kill();
    await bare.exited;
  });
});
