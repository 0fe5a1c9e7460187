import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { ContextList } from "../../src/editor/context/context-desk";
import { contractScheme } from "../../src/editor/context/contract-documents";
import type { RunEvent } from "../../src/protocol/run-events";
import { codeActions, inSession, session, until } from "./session";

const shop = "def total(items):\n    return rounded(items)\n";
const money = "def rounded(value):\n    return value - 1\n";
const token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";

/** A terminal without a program, which shows a text. */
function saying(text: string): vscode.Pseudoterminal {
  const writing = new vscode.EventEmitter<string>();
  return { onDidWrite: writing.event, open: () => writing.fire(`${text}\r\n`), close() {} };
}

describe("what goes along with a request", () => {
  const registered: vscode.Disposable[] = [];
  inSession(() => {
    for (const each of registered.splice(0)) each.dispose();
    return session.set("extraContextTokens", undefined);
  });
  beforeEach(() => {
    session.answer = { answer: "It rounds." };
  });

  const sentIn = (events: readonly RunEvent[]) => {
    const sent = events.find((event) => event.kind === "sent");
    assert.ok(sent);
    return sent;
  };

  /**
   * What a request sends, once everyone who is asked has woken up: on a busy machine the first
   * answer comes too late.
   */
  async function sentWith(wanted: RegExp) {
    let sent = sentIn(await session.run("thinkaloud.explain"));
    for (let time = 1; time < 20 && !wanted.test(sent.prompt ?? ""); time++)
      sent = sentIn(await session.run("thinkaloud.explain"));
    return sent;
  }

  async function typeInto(text: string): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor, "an editor is open");
    await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), text));
  }

  /** A provider that knows where `rounded` is, as a language extension would. */
  function knowsWhere(uri: vscode.Uri): void {
    registered.push(
      vscode.languages.registerDefinitionProvider("python", {
        provideDefinition: (document, position) =>
          document.getText(document.getWordRangeAtPosition(position)) === "rounded"
            ? new vscode.Location(uri, new vscode.Position(0, 5))
            : undefined,
      }),
    );
  }

  it("is what the code calls, where an extension of the editor says it is", async () => {
    // Neither its name nor an import leads there.
    const other = session.write("deep/elsewhere.py", money);
    knowsWhere(other);
    await session.show(session.write("shop.py", shop), 1);
    const sent = await sentWith(/return value - 1/);
    assert.match(sent.prompt ?? "", /It uses `rounded` from deep\/elsewhere\.py:/);
    assert.match(sent.prompt ?? "", /return value - 1/);
    const piece = sent.pieces.find(({ path }) => path === "deep/elsewhere.py");
    assert.equal(piece?.source, "definitions");
    assert.equal(piece?.editable, true);
    assert.equal(sent.prompt?.slice(piece?.from, piece?.to).startsWith("It uses `rounded`"), true);
  });

  it("is the signature of what a library has, where a problem names it, and nothing where none does", async () => {
    const library = vscode.Uri.file("/usr/lib/money/rounding.py");
    knowsWhere(library);
    registered.push(
      vscode.languages.registerHoverProvider("python", {
        provideHover: () =>
          new vscode.Hover([
            new vscode.MarkdownString("```python\ndef rounded(\n    value: Decimal) -> int\n```"),
            "Rounds *half* up.",
          ]),
      }),
    );
    const uri = session.write("shop_library.py", shop);
    await session.show(uri, 1);
    const plain = sentIn(await session.run("thinkaloud.explain"));
    assert.doesNotMatch(plain.prompt ?? "", /of a library/);
    const problems = vscode.languages.createDiagnosticCollection("test");
    registered.push(problems);
    const message = "rounded takes a Decimal";
    problems.set(uri, [new vscode.Diagnostic(new vscode.Range(1, 11, 1, 18), message)]);
    const { prompt = "", pieces } = await sentWith(/of a library/);
    assert.match(
      prompt,
      /It uses `rounded` of a library:\n- `def rounded\( value: Decimal\) -> int`: Rounds \*half\* up\./,
    );
    assert.equal(pieces.find(({ label }) => label === "rounded")?.source, "definitions");
  });

  it("is no library where the file stands outside of all folders, as what it names then does", async () => {
    const folder = mkdtempSync(join(tmpdir(), "thinkaloud-outside-"));
    try {
      const uri = vscode.Uri.file(join(folder, "alone.py"));
      writeFileSync(uri.fsPath, `${shop}\n${money}`);
      let asked = 0;
      knowsWhere(uri);
      registered.push(
        vscode.languages.registerDefinitionProvider("python", {
          provideDefinition: () => {
            asked++;
            return new vscode.Location(
              vscode.Uri.file(join(folder, "beside.py")),
              new vscode.Position(0, 0),
            );
          },
        }),
        vscode.languages.registerHoverProvider("python", {
          provideHover: () => new vscode.Hover("```python\ndef rounded(value)\n```"),
        }),
      );
      await session.show(uri, 1);
      const problems = vscode.languages.createDiagnosticCollection("test");
      registered.push(problems);
      problems.set(uri, [new vscode.Diagnostic(new vscode.Range(1, 11, 1, 18), "rounded: wrong")]);
      for (let time = 0; time < 20 && asked === 0; time++) await session.run("thinkaloud.explain");
      const { prompt } = sentIn(await session.run("thinkaloud.explain"));
      assert.ok(asked > 0);
      assert.doesNotMatch(prompt ?? "", /of a library/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("is nothing that a link leads out of the folder to, whoever names it", async () => {
    const outside = mkdtempSync(join(tmpdir(), "thinkaloud-outside-"));
    try {
      writeFileSync(join(outside, "money.py"), money);
      symlinkSync(join(outside, "money.py"), session.path("linked_money.py"));
      const link = vscode.Uri.file(session.path("linked_money.py"));
      const beside = session.write(
        "deep/beside_money.py",
        "def halved(value):\n    return value / 2\n",
      );
      knowsWhere(link);
      registered.push(
        vscode.languages.registerDefinitionProvider("python", {
          provideDefinition: (document, position) =>
            document.getText(document.getWordRangeAtPosition(position)) === "halved"
              ? new vscode.Location(beside, new vscode.Position(0, 5))
              : undefined,
        }),
      );
      const code = "def total(items):\n    return halved(rounded(items))\n";
      await session.show(session.write("shop_linked.py", code), 1);
      const { prompt } = await sentWith(/return value \/ 2/);
      assert.match(prompt ?? "", /return value \/ 2/);
      assert.doesNotMatch(prompt ?? "", /return value - 1/);
    } finally {
      rmSync(session.path("linked_money.py"));
      rmSync(outside, { recursive: true });
    }
  });

  it("is found by a search where no extension knows the language, and not what is ignored", async () => {
    session.write("lib_money.py", "def rounded(value):\n    return value - 1\n");
    session.write("lib_hidden.py", "def shown(value):\n    return 'never'\n");
    session.write(".thinkaloudignore", "lib_hidden.py\n");
    const code =
      "from lib_money import rounded\nfrom lib_hidden import shown\n\ndef total(items):\n    return shown(rounded(items))\n";
    await session.show(session.write("shop_found.py", code), 4);
    const { prompt = "" } = await sentWith(/return value - 1/);
    assert.match(prompt, /return value - 1/);
    assert.doesNotMatch(prompt, /'never'/);
  });

  it("is who calls it and which test names it, where an extension says so", async () => {
    const page = session.write(
      "page_ref.py",
      "import shop_ref\n\ndef page():\n    return shop_ref.total([])\n",
    );
    const test = session.write("test_ref.py", "def test_total():\n    assert total([]) == 0\n");
    const named = [
      new vscode.Location(page, new vscode.Position(0, 7)),
      new vscode.Location(page, new vscode.Position(3, 20)),
      new vscode.Location(test, new vscode.Position(1, 11)),
    ];
    registered.push(
      vscode.languages.registerReferenceProvider("python", { provideReferences: () => named }),
    );
    await session.show(session.write("shop_ref.py", shop), 1);
    const { prompt = "" } = await sentWith(/page_ref\.py/);
    assert.match(prompt, /It is used in page_ref\.py:.*return shop_ref\.total/s);
    assert.match(prompt, /A test of it, from test_ref\.py:.*assert total/s);
  });

  it("is what was changed lately, and of what was only looked at what has to do with it", async () => {
    await session.show(session.write("page_seen.py", "def page():\n    return total([])\n"), 1);
    await session.show(session.write("weather_seen.py", "def rain():\n    return 3\n"), 1);
    await session.show(session.write("news_seen.py", "def headline():\n    return 4\n"), 1);
    await typeInto("    # loud\n");
    await session.show(session.write("shop_seen.py", shop), 1);
    const { prompt = "", pieces } = await sentWith(/page_seen\.py/);
    assert.match(prompt, /Looked at lately, in page_seen\.py:.*return total/s);
    assert.match(prompt, /Changed lately, in news_seen\.py:.*# loud/s);
    assert.doesNotMatch(prompt, /rain/);
    assert.equal(pieces.find(({ path }) => path === "page_seen.py")?.source, "opened");
  });

  it("does not wait for a provider that is slow, and says that it came too late", async () => {
    registered.push(
      vscode.languages.registerDefinitionProvider("python", {
        provideDefinition: () => new Promise<undefined>((resolve) => setTimeout(resolve, 5_000)),
      }),
    );
    await session.show(session.write("shop_slow.py", shop), 1);
    const began = performance.now();
    const sent = sentIn(await session.run("thinkaloud.explain"));
    assert.ok(performance.now() - began < 4_000);
    assert.ok(sent.dropped?.some(({ id, why }) => id === "late:definitions" && why === "late"));
  });

  it("is what the person names, and not what they cross out", async () => {
    session.write("notes.py", "def remembered():\n    return 'notes'\n");
    await session.show(session.write("shop_named.py", "def total(items):\n    return 1\n"), 1);
    const question = "Like @file:notes.py?";
    const ask = async () =>
      sentIn(
        await session.run("thinkaloud.ask", {
          uri: vscode.window.activeTextEditor?.document.uri.toString(),
          range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } },
          question,
        }),
      );
    assert.match((await ask()).prompt ?? "", /return 'notes'/);
    await session.parts.panel.receive({ kind: "crossPiece", pieceId: "file:notes.py" });
    const without = await ask();
    await session.parts.panel.receive({ kind: "crossPiece", pieceId: "file:notes.py" });
    assert.doesNotMatch(without.prompt ?? "", /return 'notes'/);
    assert.ok(without.dropped?.some(({ id, why }) => id === "file:notes.py" && why === "person"));
  });

  it("is what is selected in the terminal, and the clipboard stays as it was", async () => {
    const terminal = vscode.window.createTerminal({ name: "sample", pty: saying("KeyError: 'x'") });
    registered.push(terminal);
    terminal.show();
    await vscode.env.clipboard.writeText("mine");
    await session.show(session.write("shop_terminal.py", "def total(items):\n    return 1\n"), 1);
    const asked = {
      uri: vscode.window.activeTextEditor?.document.uri.toString(),
      range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } },
      question: "What is wrong in @terminal ?",
    };
    let why: string | undefined = "late";
    // The clipboard of a busy machine may take longer than a run waits for it.
    for (let time = 0; why === "late" && time < 5; time++) {
      const { dropped } = sentIn(await session.run("thinkaloud.ask", asked));
      why = dropped?.find(({ id }) => id === "@terminal")?.why;
    }
    assert.equal(why, "missing");
    for (let time = 0; time < 20; time++) {
      await vscode.commands.executeCommand("workbench.action.terminal.selectAll");
      const sent = sentIn(await session.run("thinkaloud.ask", asked));
      if (sent.dropped?.some(({ id }) => id === "@terminal") === true) continue;
      assert.match(sent.prompt ?? "", /From the terminal:\n```text\n[^`]*KeyError: 'x'/);
      assert.equal(await vscode.env.clipboard.readText(), "mine");
      return;
    }
    assert.fail("the selection never came");
  });

  it("is all that was changed since the last commit, staged or not, but in files that hold secrets or are left alone", async () => {
    const git = (...words: string[]) => {
      const name = ["-c", "user.name=a", "-c", "user.email=a@b.example"];
      execFileSync("git", [...name, ...words], { cwd: session.path("repo") });
    };
    try {
      const write = (text: string) => {
        session.write("repo/.gitignore", "made.py\n");
        for (const path of ["one.py", "other.py", "made.py", ".env", "with space.py"])
          session.write(`repo/${path}`, `${text}_IN_${path}\n`);
      };
      write("BEFORE");
      git("init", "--quiet");
      git("add", "--force", "--all");
      git("commit", "--quiet", "--message", "first");
      write("AFTER");
      git("add", "--force", "one.py", ".env", "made.py");
      rmSync(session.path("repo/other.py"));
      const uri = vscode.Uri.file(session.path("repo/one.py"));
      const extension = vscode.extensions.getExtension("vscode.git");
      assert.ok(extension);
      const exported = await extension.activate();
      await exported.getAPI(1).openRepository(vscode.Uri.file(session.path("repo")));
      await session.show(uri, 0);
      const asked = {
        uri: uri.toString(),
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
        question: "Look at @diff, please.",
      };
      const { prompt = "" } = sentIn(await session.run("thinkaloud.ask", asked));
      assert.match(prompt, /^What was changed since the last commit:$/m);
      for (const line of ["+AFTER_IN_one.py", "-BEFORE_IN_other.py", "+AFTER_IN_with space.py"])
        assert.ok(prompt.includes(`\n${line}\n`), line);
      assert.doesNotMatch(prompt, /_IN_\.env|_IN_made/);
    } finally {
      rmSync(session.path("repo"), { recursive: true, force: true });
    }
  });

  it("is listed with what the terminal showed when it was named, wherever the cursor goes then", async () => {
    const terminal = vscode.window.createTerminal({ name: "listed", pty: saying("KeyError: 'y'") });
    registered.push(terminal);
    terminal.show();
    const lists: ContextList[] = [];
    session.parts.desk.onList((list) => lists.push(list));
    const named = () => lists.at(-1)?.pieces.some(({ kind }) => kind === "terminal") === true;
    try {
      const editor = await session.show(session.write("shop_list.py", shop), 1);
      await until("the terminal is listed", async () => {
        await vscode.commands.executeCommand("workbench.action.terminal.selectAll");
        session.parts.desk.look(undefined);
        session.parts.desk.look("What is @terminal ?");
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        return named();
      });
      await vscode.commands.executeCommand("workbench.action.terminal.clearSelection");
      lists.length = 0;
      editor.selection = new vscode.Selection(0, 0, 0, 0);
      await until("the list follows the cursor", () => lists.length > 0);
      assert.ok(named());
    } finally {
      session.parts.desk.look(undefined);
      session.parts.desk.onList((list) => session.parts.panel.showContext(list));
    }
  });

  it("is a file that was dropped on the box, by its name in the folder, and none from elsewhere", async () => {
    const { panel } = session.parts;
    const inserted: string[] = [];
    const insert = panel.insert.bind(panel);
    panel.insert = (text) => void inserted.push(text);
    try {
      const file = session.write("lib/my words.py", money);
      const folder = vscode.Uri.file(session.path("lib"));
      const uris = [file, folder, vscode.Uri.file("/etc/passwd")].map((uri) => uri.toString());
      await panel.receive({ kind: "dropFiles", uris: [...uris, "no address"] });
      // As the page of a remote window names it, which this window is.
      const remote = folder.with({ scheme: "vscode-remote", authority: "127.0.0.1:1" });
      await panel.receive({ kind: "dropFiles", uris: [remote.toString()] });
      assert.deepEqual(inserted, ['@file:"lib/my words.py" @folder:lib ', "@folder:lib "]);
    } finally {
      panel.insert = insert;
    }
  });

  it("is read ahead while the menu of code actions is open, and not at every rest of the cursor", async () => {
    const uri = session.write("ahead.py", shop);
    await session.show(uri, 1);
    // The model is loaded by a first request, and found by it.
    await session.run("thinkaloud.explain");
    const ahead = () =>
      session.daemon.chats().filter(({ body }) => body.options?.["num_predict"] === 1);
    assert.equal(ahead().length, 0);
    const open = () => codeActions(uri, new vscode.Range(1, 4, 1, 4));
    await open();
    await until("the model reads", () => ahead().length === 1);
    const { prompt } = sentIn(await session.run("thinkaloud.improve"));
    const [read] = ahead()[0]?.body.messages ?? [];
    assert.ok(read !== undefined && prompt?.startsWith(read.content));
    await session.set("readAhead", "off");
    try {
      await open();
      await new Promise((resolve) => setTimeout(resolve, 500));
      assert.equal(ahead().length, 1);
    } finally {
      await session.set("readAhead", undefined);
    }
  });

  it("can be seen before and after, word for word, with secrets hidden", async () => {
    const code = `def send():\n    return "${token}"\n`;
    const file = session.write("secret.py", code);
    await session.show(file, 1);
    await vscode.commands.executeCommand("thinkaloud.previewSent");
    const preview = vscode.window.activeTextEditor?.document;
    assert.equal(preview?.uri.scheme, contractScheme);
    assert.match(preview?.getText() ?? "", /What would be sent[\s\S]*HIDDEN_\w+/);
    assert.doesNotMatch(preview?.getText() ?? "", /ghp_/);
    assert.deepEqual(session.daemon.chats(), [], "nothing was asked for a look");
    await session.show(file, 1);
    const sent = sentIn(await session.run("thinkaloud.explain"));
    await vscode.commands.executeCommand("thinkaloud.showSent");
    await until("the page is open", () =>
      /What was sent/.test(vscode.window.activeTextEditor?.document.getText() ?? ""),
    );
    const page = vscode.window.activeTextEditor?.document.getText() ?? "";
    for (const line of (sent.prompt ?? "").split("\n")) assert.ok(page.includes(line), line);
    assert.doesNotMatch(JSON.stringify(session.daemon.chats()), /ghp_/);
  });
});
