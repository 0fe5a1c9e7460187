import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as vscode from "vscode";
import type { SyntaxClient } from "../../src/editor/syntax/syntax-client";
import type { Range, Target } from "../../src/protocol/document";

const start = { line: 0, character: 0 };

function target(document: vscode.TextDocument, range: Range, change: Partial<Target> = {}): Target {
  return {
    uri: document.uri.toString(),
    path: "any",
    languageId: document.languageId,
    version: document.version,
    text: document.getText(),
    range,
    diagnostics: [],
    ...change,
  };
}

async function open(name: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert.ok(folder, "a folder is open");
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, name));
  await vscode.window.showTextDocument(document);
  return document;
}

async function actionsAt(
  document: vscode.TextDocument,
  range: vscode.Range,
): Promise<vscode.CodeAction[]> {
  const all = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    range,
  );
  return all.filter((action) => action.title.includes("Thinkaloud"));
}

async function until(
  what: string,
  done: () => boolean | Promise<boolean>,
  timeoutMs = 20_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await done())) {
    assert.ok(Date.now() < deadline, `not within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The language server among the children of this extension host. */
function serverProcess(): number | undefined {
  const lines = execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(process.pid)], {
    encoding: "utf8",
  }).split("\n");
  const found = lines.find((line) => line.includes("server.cjs"))?.trim();
  return found === undefined ? undefined : Number.parseInt(found, 10);
}

describe("the language server in the editor", () => {
  let syntax: SyntaxClient;
  before(async () => {
    const extension = vscode.extensions.getExtension<{ readonly syntax: SyntaxClient }>(
      "thinkaloud.thinkaloud",
    );
    assert.ok(extension, "the extension is installed");
    syntax = (await extension.activate()).syntax;
    await until("the language server runs", () => syntax.state === "running");
  });
  afterEach(() => vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor"));

  it("puts every action into the lightbulb, each with plain arguments that name the symbol", async () => {
    const document = await open("bits.py");
    const actions = await actionsAt(document, new vscode.Range(15, 4, 15, 4));
    assert.deepEqual(actions.map((action) => action.command?.command).sort(), [
      "thinkaloud.document",
      "thinkaloud.explain",
      "thinkaloud.fix",
      "thinkaloud.improve",
      "thinkaloud.writeTests",
    ]);
    assert.deepEqual(actions[0]?.command?.arguments?.[0]?.range.start, { line: 3, character: 0 });
  });

  it("offers a quick fix on what another tool underlines", async () => {
    const document = await open("web/price.ts");
    const all = () => vscode.languages.getDiagnostics(document.uri);
    await until(
      "TypeScript underlines the mistake",
      () => all().some((found) => found.code === 2322),
      60_000,
    );
    const problem = all().find((found) => found.code === 2322);
    assert.ok(problem);
    const fix = (await actionsAt(document, problem.range)).find(
      (action) => action.kind?.value === "quickfix.thinkaloud",
    );
    assert.equal(fix?.title, "Fix with Thinkaloud");
    assert.equal(fix?.command?.arguments?.[0]?.diagnostics[0].message, problem.message);
  });

  it("knows the symbol in a document, in its unsaved state, and at an older version than the one that is open", async () => {
    const document = await open("bits.py");
    const place = { start: { line: 17, character: 8 }, end: { line: 17, character: 8 } };
    assert.equal((await syntax.context(target(document, place)))?.enclosing?.name, "count_ones");
    const old = target(document, place);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(3, 4, 3, 14), "zählt😀");
    await vscode.workspace.applyEdit(edit);
    assert.match(
      (await syntax.context(target(document, place)))?.enclosing?.signature ?? "",
      /^def zählt/,
    );
    assert.equal((await syntax.context(old))?.enclosing?.name, "count_ones");
  });

  it("answers for a document that is not synchronised, and for text alone", async () => {
    const document = await open("bits.py");
    const elsewhere = target(
      document,
      { start, end: start },
      { uri: "thinkaloud-proposal:/x/0/proposed/a.py", text: "def f():\n    pass\n" },
    );
    assert.equal((await syntax.context(elsewhere))?.enclosing?.name, "f");
    assert.deepEqual(
      (await syntax.outline("python", "class A: pass"))?.map((symbol) => symbol.name),
      ["A"],
    );
    assert.equal((await syntax.check("python", "def f(:"))?.errors.length, 1);
    assert.equal(await syntax.outline("lua", "x = 1"), undefined);
  });

  it("gives up at once when the person stops", async () => {
    const document = await open("bits.py");
    const stopped = new Error("stopped");
    await assert.rejects(
      syntax.context(target(document, { start, end: start }), AbortSignal.abort(stopped)),
      stopped,
    );
    const stop = new AbortController();
    const asked = syntax.context(target(document, { start, end: start }), stop.signal);
    stop.abort(stopped);
    await assert.rejects(asked, stopped);
  });

  it("is started again when its process dies; until then a question is refused at once", async function () {
    if (process.platform !== "linux") this.skip();
    const document = await open("bits.py");
    const states: string[] = [];
    const stop = syntax.onState((state) => states.push(state));
    const pid = serverProcess();
    assert.ok(pid, "its process is there");
    process.kill(pid, "SIGKILL");
    await until("its end is noticed", () => syntax.state === "down");
    const asked = Date.now();
    await assert.rejects(syntax.outline("python", "x"), /not running/);
    assert.ok(Date.now() - asked < 1_000, "the question was not left waiting");
    await until("it runs again", () => syntax.state === "running");
    stop();
    assert.deepEqual(states, ["down", "starting", "running"]);
    assert.notEqual(serverProcess(), pid);
    const actions = await actionsAt(document, new vscode.Range(15, 4, 15, 4));
    assert.equal(actions.length, 5, "every action once, none from the server that died");
    assert.equal(
      (
        await syntax.context(
          target(document, { start: { line: 17, character: 8 }, end: { line: 17, character: 8 } }),
        )
      )?.enclosing?.name,
      "count_ones",
    );
  });
});
