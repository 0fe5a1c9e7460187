import assert from "node:assert/strict";
import * as vscode from "vscode";
import { failureKind, inSession, session, tryToType, type } from "./session";

const before = "def add(a, b):\n    return a - b\n\n\ndef twice(a):\n    return a * 2\n";
const after = before.replace("a - b", "a + b");

describe("a file that changes while the proposal waits", () => {
  inSession();

  it("keeps what was typed elsewhere, and gets the edit too", async () => {
    const uri = session.write("moved.py", before);
    await session.proposal(uri, "    return a - b", "    return a + b");
    const document = await vscode.workspace.openTextDocument(uri);
    await type(document, new vscode.Position(0, 0), "# my own words\n");
    await type(document, document.positionAt(document.getText().length), "# and these");
    await vscode.commands.executeCommand("thinkaloud.accept");
    assert.equal(document.getText(), `# my own words\n${after}# and these`);
    await vscode.commands.executeCommand("undo");
    // Undo takes back the edit and leaves the typing.
    assert.equal(document.getText(), `# my own words\n${before}# and these`);
  });

  it("keeps the line ends it has now", async () => {
    const uri = session.write("crlf-later.py", before);
    await session.proposal(uri, "    return a - b", "    return a + b");
    const editor = await session.show(uri);
    await editor.edit((edit) => edit.setEndOfLine(vscode.EndOfLine.CRLF));
    await vscode.commands.executeCommand("thinkaloud.accept");
    assert.equal(editor.document.getText(), after.replaceAll("\n", "\r\n"));
  });

  it("is left alone when the same lines were changed, and nothing of either side is lost", async () => {
    const uri = session.write("conflict.py", before);
    const id = await session.proposal(uri, "    return a - b", "    return a + b");
    const document = await vscode.workspace.openTextDocument(uri);
    await type(document, new vscode.Position(1, 16), "  # mine");
    const typed = document.getText();

    assert.equal(await failureKind(session.parts.review.accept(id)), "documentConflict");
    assert.equal(document.getText(), typed);
    assert.deepEqual(session.states(id), ["conflict"]);
    assert.equal(session.diffs().length, 1, "both versions are shown");
    assert.ok(session.reviewDocument(id)?.getText().includes("return a + b"));

    await session.show(uri);
    await vscode.commands.executeCommand("undo");
    await session.parts.review.accept(id);
    assert.equal(document.getText(), after, "once the way is free it can still be accepted");
    assert.deepEqual(session.states(id), ["conflict", "accepted"]);
  });

  it("takes nothing away from the person who types at the very moment of accepting", async () => {
    const uri = session.write("racing.py", before);
    await session.proposal(uri, "    return a - b", "    return a + b");
    const document = await vscode.workspace.openTextDocument(uri);
    const accepting = vscode.commands.executeCommand("thinkaloud.accept");
    for (let key = 0; key < 8; key++) {
      // A key that meets our edit in flight is refused by the editor, as ours would be; a person's
      // keyboard tries again.
      while (!(await tryToType(document, document.lineAt(document.lineCount - 1).range.end, "#")));
    }
    await accepting;
    assert.equal(document.getText(), `${after}########`);
  });

  it("that was deleted meanwhile is refused, and the proposal waits", async () => {
    const uri = session.write("gone.py", before);
    const id = await session.proposal(uri, "    return a - b", "    return a + b");
    await vscode.workspace.fs.delete(uri);
    assert.equal(await failureKind(session.parts.review.accept(id)), "fileMissing");
    assert.deepEqual(session.states(id), []);
  });

  it("that was made read-only meanwhile is refused, and the proposal waits", async () => {
    const uri = session.write("locked-later.py", before);
    const id = await session.proposal(uri, "    return a - b", "    return a + b");
    session.write("locked-later.py", before, 0o444);
    assert.equal(await failureKind(session.parts.review.accept(id)), "fileReadOnly");
    assert.equal(session.bytes("locked-later.py").toString(), before);
    assert.deepEqual(session.states(id), []);
  });
});
