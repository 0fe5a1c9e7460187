import assert from "node:assert/strict";
import * as vscode from "vscode";
import { editAnswer, inSession, session, type, until, withSettings } from "./session";

const bom = "\uFEFF";

/** Files whose form must survive. */
const forms: readonly (readonly [title: string, before: string])[] = [
  ["line feeds", "def add(a, b):\n    return a - b\n"],
  ["CRLF", "def add(a, b):\r\n    return a - b\r\n\r\nx = 1\r\n"],
  ["a byte-order mark", `${bom}def add(a, b):\n    return a - b\n`],
  ["CRLF and a byte-order mark", `${bom}def add(a, b):\r\n    return a - b\r\n`],
  ["tabs", "def add(a, b):\n    return a - b\n\ndef twice(a):\n\treturn 2*a\t\n"],
  ["no final newline", "def add(a, b):\n    return a - b"],
  ["many final newlines", "def add(a, b):\n    return a - b\n\n\n\n"],
  ["characters outside the basic plane", "# 😀 né\ndef add(a, b):\n    return a - b  # 😀\n"],
];

describe("accepting a proposal", () => {
  inSession();

  for (const [index, [title, before]] of forms.entries()) {
    it(`changes exactly the edited characters of a file with ${title}, and one undo brings every byte back`, async () => {
      const name = `form-${index}.py`;
      const after = before.replace("a - b", "a + b");
      const uri = session.write(name, before);
      const line = before.includes("😀") ? "    return a - b  # 😀" : "    return a - b";
      await session.proposal(uri, line, line.replace("a - b", "a + b"));
      // Nothing is written before the person accepts.
      assert.equal(session.bytes(name).toString(), before);

      await vscode.commands.executeCommand("thinkaloud.accept");
      const document = await vscode.workspace.openTextDocument(uri);
      assert.ok(document.isDirty, "the person's file is not saved for them");
      assert.equal(session.bytes(name).toString(), before);
      await document.save();
      assert.deepEqual(session.bytes(name), Buffer.from(after));

      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand("undo");
      await document.save();
      assert.deepEqual(session.bytes(name), Buffer.from(before));
    });
  }

  it("undoes an edit in several places in one step, and knows when what was accepted is gone and back", async () => {
    const before = "def one():\n    return 2\n\n\ndef two():\n    return 1\n";
    const uri = session.write("places.py", before);
    const after = "def one():\n    return 1\n\n\ndef two():\n    return 2\n";
    const id = await session.proposal(uri, before.trimEnd(), after.trimEnd());
    const known = (state: string) => () =>
      session.blockStates(id).slice(-2).join() === `0/0 ${state},0/1 ${state}`;
    await vscode.commands.executeCommand("thinkaloud.accept");
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.getText(), after);
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), before);
    await until("it is known to be undone", known("undone"));
    await vscode.commands.executeCommand("redo");
    await until("it is known to be back", known("accepted"));
    await document.save();
    await session.closeAll();
    session.write("places.py", before);
    await until("another program has taken it out of the closed file", known("undone"));
    await session.parts.review.accept(id);
    assert.ok((await session.text(uri)).includes("return 1\n\n"));
  });

  it("is taken back beside what was written since, and in its file though another came after it", async () => {
    const before = "x = 1\n\n\ny = 2\n\n\nz = 3\n";
    const uri = session.write("two-edits.py", before);
    const document = await vscode.workspace.openTextDocument(uri);
    const first = await session.proposal(uri, "x = 1", "x = 10");
    await vscode.commands.executeCommand("thinkaloud.accept");
    await session.proposal(uri, "y = 2", "y = 20");
    await vscode.commands.executeCommand("thinkaloud.accept");
    await type(document, new vscode.Position(6, 5), "  # mine");
    await session.parts.review.undo(first);
    assert.equal(document.getText(), "x = 1\n\n\ny = 20\n\n\nz = 3  # mine\n");
    assert.deepEqual(session.blockStates(first), ["0/0 undone"]);
    await vscode.commands.executeCommand("undo");
    await until(
      "it is known to be back",
      () => session.blockStates(first).at(-1) === "0/0 accepted",
    );
  });

  it("takes the proposal as it stands in the review, with the person's own changes", async () => {
    const uri = session.write("own.py", "def add(a, b):\n    return a - b\n");
    const id = await session.proposal(uri, "    return a - b", "    return a + b");
    const shown = session.review(id);
    await type(shown, new vscode.Position(1, 16), "  # checked");
    await until("the review is saved into memory", () => !shown.isDirty);
    await vscode.commands.executeCommand("thinkaloud.accept");
    assert.equal(await session.text(uri), "def add(a, b):\n    return a + b  # checked\n");
  });

  it("closes the review, shows the file and is recorded", async () => {
    const uri = session.write("closes.py", "def add(a, b):\n    return a - b\n");
    const id = await session.proposal(uri, "    return a - b", "    return a + b");
    await vscode.commands.executeCommand("thinkaloud.accept");
    assert.deepEqual(session.diffs(), []);
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), uri.toString());
    assert.deepEqual(session.states(id), ["accepted"]);
  });

  it("twice does it once", async () => {
    const uri = session.write("twice.py", "x = 1\ny = 2\n");
    const id = await session.proposal(uri, "x = 1", "x = 1\nx += 1");
    await Promise.all([
      vscode.commands.executeCommand("thinkaloud.accept"),
      session.parts.review.accept(id),
    ]);
    assert.equal(await session.text(uri), "x = 1\nx += 1\ny = 2\n");
    assert.deepEqual(session.states(id), ["accepted"]);
  });

  it("works on a file that was never saved", async () => {
    const document = await vscode.workspace.openTextDocument({
      language: "python",
      content: "def add(a, b):\n    return a - b\n",
    });
    await session.proposal(document.uri, "    return a - b", "    return a + b");
    await vscode.commands.executeCommand("thinkaloud.accept");
    assert.equal(document.getText(), "def add(a, b):\n    return a + b\n");
    assert.ok(document.isUntitled);
  });

  it("has the review in plain UTF-8, as the status bar says", async () => {
    const id = await session.proposal(session.write("plain.py", "x = 'é'\n"), "x = 'é'", "x = 'è'");
    const review = session.reviewDocument(id);
    assert.equal(review?.encoding, "utf8");
    assert.equal(review?.getText(), "x = 'è'\n");
  });

  it("leaves a file in the encoding that the person's settings name for its language", async () => {
    const work = async () => {
      const uri = session.write("override.py", Buffer.from("x = 'é'\n", "latin1"));
      const id = await session.proposal(uri, "x = 'é'", "x = 'è'");
      assert.equal(session.reviewDocument(id)?.getText(), "x = 'è'\n");
    };
    await withSettings("files", { encoding: "windows1252" }, work, "python");
  });

  it("leaves a file in the encoding that the person's settings name", async () => {
    await withSettings("files", { encoding: "windows1252" }, async () => {
      const latin = (text: string) => Buffer.from(text, "latin1");
      const uri = session.write("latin.py", latin("# café\nx = 'é'\ny = 1\n"));
      await session.proposal(uri, "x = 'é'", "x = 'è'");
      await vscode.commands.executeCommand("thinkaloud.accept");
      const document = await vscode.workspace.openTextDocument(uri);
      await document.save();
      assert.deepEqual(session.bytes("latin.py"), latin("# café\nx = 'è'\ny = 1\n"));
    });
  });

  it("by the button in the title bar accepts the review it belongs to", async () => {
    const first = session.write("first.py", "x = 1\n");
    const id = await session.proposal(first, "x = 1", "x = 10");
    const shown = session.reviewDocument(id)?.uri;
    session.answer = editAnswer("y = 2", "y = 20");
    const second = session.write("later.py", "y = 2\n");
    await session.show(second);
    await session.run("thinkaloud.fix");
    await until("both reviews are open", () => session.diffs().length === 2);
    await vscode.commands.executeCommand("thinkaloud.accept", shown);
    assert.equal(await session.text(first), "x = 10\n");
    assert.equal(await session.text(second), "y = 2\n");
  });

  it("keeps to the proposal's text where saving would change it", async () => {
    const dressing = { insertFinalNewline: true, trimTrailingWhitespace: true };
    await withSettings("files", dressing, async () => {
      const uri = session.write("saving.py", "x = 1   \ny = 2");
      const id = await session.proposal(uri, "y = 2", "y = 3");
      await type(session.review(id), new vscode.Position(1, 5), "3");
      await vscode.commands.executeCommand("thinkaloud.accept");
      assert.equal(await session.text(uri), "x = 1   \ny = 33");
      assert.deepEqual(session.diffs(), []);
    });
  });
});
