import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import { inSession, session, type, until, withSettings } from "./session";

const before = "def add(a, b):\n    return a - b\n\n\nx = 1\n";
const after = "def add(a, b):\n    return a + b\n\n\nx = 1\n";

describe("accepting a proposal for a file", () => {
  const registered: vscode.Disposable[] = [];
  inSession(() => {
    for (const each of registered.splice(0)) each.dispose();
  });

  it("that is being saved, while what formats it on saving still works, loses neither", async () => {
    const uri = session.write("saved-meanwhile.py", before);
    await session.proposal(uri, "    return a - b", "    return a + b");
    const document = await vscode.workspace.openTextDocument(uri);
    await type(document, new vscode.Position(4, 5), "  # typed");
    let asked = 0;
    registered.push(
      vscode.workspace.onWillSaveTextDocument((event) => {
        if (event.document !== document || asked++ > 0) return;
        const end = document.lineAt(document.lineCount - 1).range.end;
        event.waitUntil(delay(600).then(() => [vscode.TextEdit.insert(end, "# formatted\n")]));
      }),
    );
    const saving = document.save();
    await until("the save has begun", () => asked > 0);
    await vscode.commands.executeCommand("thinkaloud.accept");
    const first = await saving;
    const typed = after.replace("x = 1", "x = 1  # typed");
    assert.ok(document.getText().startsWith(typed.trimEnd()), document.getText());
    const again = document.isDirty ? await document.save() : "clean";
    const onDisk = session.bytes("saved-meanwhile.py").toString();
    assert.equal(onDisk, document.getText(), `${first} ${again}`);
    assert.ok(!document.isDirty);
  });

  /** Has the editor save by itself meanwhile. */
  const withAutoSave = (autoSaveDelay: number, work: () => Promise<void>): Promise<void> =>
    withSettings("files", { autoSave: "afterDelay", autoSaveDelay }, work);

  it("that the editor saves by itself reaches the disk, and so does its undo", async () => {
    await withAutoSave(50, async () => {
      const uri = session.write("saved-by-itself.py", before);
      await session.proposal(uri, "    return a - b", "    return a + b");
      await vscode.commands.executeCommand("thinkaloud.accept");
      const onDisk = () => session.bytes("saved-by-itself.py").toString();
      await until("the edit is on the disk", () => onDisk() === after);
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document);
      // An undo in the moment in which the editor writes can leave its file as it was written, with
      // any edit.
      await until("the editor has saved", () => !document.isDirty);
      await vscode.commands.executeCommand("undo");
      await until("the undo is on the disk", () => onDisk() === before);
    });
  });

  it("that the editor will soon save by itself is undone by the panel's button behind that save, never in the midst of it", async () => {
    await withAutoSave(400, async () => {
      const uri = session.write("undone-at-once.py", before);
      const id = await session.proposal(uri, "    return a - b", "    return a + b");
      const document = await vscode.workspace.openTextDocument(uri);
      const order: string[] = [];
      registered.push(
        vscode.workspace.onDidSaveTextDocument((saved) => {
          if (saved === document) order.push("saved");
        }),
        vscode.workspace.onDidChangeTextDocument((event) => {
          if (event.document !== document || event.contentChanges.length === 0) return;
          order.push(document.getText() === before ? "undone" : "landed");
        }),
      );
      await vscode.commands.executeCommand("thinkaloud.accept");
      await session.parts.panel.receive({ kind: "undo", proposalId: id });
      const onDisk = () => session.bytes("undone-at-once.py").toString();
      await until("the undo is on the disk", () => order.length > 3 && onDisk() === before);
      assert.deepEqual(order, ["landed", "saved", "undone", "saved"]);
      assert.ok(!document.isDirty);
    });
  });
});
