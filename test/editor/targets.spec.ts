import assert from "node:assert/strict";
import * as vscode from "vscode";
import { editAnswer, failureKind, inSession, session, startedIn, until } from "./session";

const code = "def add(a, b):\n    return a - b\n";

describe("where a request points", () => {
  inSession();

  async function refused(action: "fix" | "explain", kind: string): Promise<void> {
    assert.equal(await failureKind(session.parts.session.start(action)), kind);
    assert.equal(session.parts.session.assistant.current, undefined);
    assert.deepEqual(session.daemon.chats(), [], "the model was not asked");
  }

  it("is nowhere without an open file", async () => {
    await session.closeAll();
    await refused("fix", "noEditor");
  });

  it("is the place that a code action names, with its problem first, whatever editor is in front", async () => {
    const uri = session.write("named.py", code);
    await session.show(session.write("front.py", "other = 1\n"));
    session.answer = editAnswer("    return a - b", "    return a + b");
    const range = { start: { line: 1, character: 4 }, end: { line: 1, character: 16 } };
    const events = await session.run("thinkaloud.fix", {
      uri: uri.toString(),
      range,
      diagnostics: [{ range, message: "wrong sign", severity: "error" }],
    });
    const { path, range: at, subject } = startedIn(events);
    assert.deepEqual([path, at, subject], ["named.py", range, "wrong sign"]);
  });

  it("is the selection when a menu hands over something else", async () => {
    const uri = session.write("menu.py", code);
    const editor = await session.show(uri);
    editor.selection = new vscode.Selection(1, 4, 1, 10);
    session.answer = { answer: "It subtracts." };
    const events = await session.run("thinkaloud.explain", uri);
    const [start, end] = [4, 10].map((character) => ({ line: 1, character }));
    assert.deepEqual(startedIn(events).range, { start, end });
  });

  it("takes the problems of the line the cursor is on", async () => {
    const uri = session.write("problem.py", code);
    const problems = vscode.languages.createDiagnosticCollection("test");
    problems.set(uri, [
      new vscode.Diagnostic(new vscode.Range(0, 0, 0, 3), "elsewhere"),
      new vscode.Diagnostic(new vscode.Range(1, 11, 1, 16), "should add"),
    ]);
    try {
      await session.show(uri, 1);
      session.answer = { answer: "It subtracts." };
      const events = await session.run("thinkaloud.explain");
      assert.equal(startedIn(events).subject, "should add");
    } finally {
      problems.dispose();
    }
  });

  it("is a path relative to the folder it is in", async () => {
    await session.show(session.write("deep/er/inside.py", code));
    session.answer = { answer: "It subtracts." };
    assert.equal(startedIn(await session.run("thinkaloud.explain")).path, "deep/er/inside.py");
  });

  it("may be read in a read-only file, and a fix of it is refused before the model is asked", async () => {
    await session.show(session.write("locked.py", code, 0o444));
    await refused("fix", "fileReadOnly");
    session.answer = { answer: "It subtracts." };
    const events = await session.run("thinkaloud.explain");
    assert.equal(events.at(-1)?.kind, "finished");
  });

  it("is refused in a file that is gone from the disk", async () => {
    const uri = session.write("deleted.py", code);
    const editor = await session.show(uri);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "# unsaved\n"));
    await vscode.workspace.fs.delete(uri);
    await refused("fix", "fileMissing");
  });

  it("is refused in a huge file", async () => {
    await session.show(session.write("huge.py", "x = 1\n".repeat(900_000)));
    await refused("explain", "fileTooLarge");
  });

  it("is refused in a huge or binary file that only a code action names", async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const refusal = (uri: vscode.Uri) =>
      failureKind(session.parts.session.start("fix", { uri: uri.toString(), range }));
    const huge = session.write("huge-closed.py", "x = 1\n".repeat(900_000));
    assert.equal(await refusal(huge), "fileTooLarge");
    const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 2, 0, 0, 3]);
    assert.equal(await refusal(session.write("image.py", bytes)), "fileBinary");
    assert.equal(await refusal(vscode.Uri.file(session.path("never.py"))), "fileMissing");
  });

  it("is refused in a text that holds binary data", async () => {
    const document = await vscode.workspace.openTextDocument({ content: "a = 1\n\0\0\0" });
    await vscode.window.showTextDocument(document);
    await refused("explain", "fileBinary");
  });

  it("passes by the log, and takes the code beside it", async () => {
    await session.show(session.write("beside.py", code));
    await vscode.commands.executeCommand("thinkaloud.showLog");
    session.answer = { answer: "It subtracts." };
    assert.equal(startedIn(await session.run("thinkaloud.explain")).path, "beside.py");
    await vscode.commands.executeCommand("workbench.action.closePanel");
  });

  it("is the file behind a review, not the review's own document", async () => {
    const uri = session.write("reviewed.py", code);
    const id = await session.proposal(uri, "    return a - b", "    return a + b");
    await until(
      "the review has the focus",
      () => vscode.window.activeTextEditor?.document === session.reviewDocument(id),
    );
    session.answer = { answer: "It subtracts." };
    assert.equal(startedIn(await session.run("thinkaloud.explain")).uri, uri.toString());
  });
});
