import assert from "node:assert/strict";
import * as vscode from "vscode";
import { editAnswer, failureKind, inSession, proposalIn, session } from "./session";

const before = `def one():\n    total = 0\n    return total\n\n\ndef two():\n    total = 0\n    return total\n\n\ndef three():\n    return None\n${"\n# padding\n".repeat(40)}`;
const placed = before.replace("def two():\n    total = 0", "def two():\n    total = 1");

describe("an edit without a sure place", () => {
  inSession();

  /** A run whose edit fits in two places. @returns the id of the edit. */
  async function unplaced(
    name: string,
    search = "    total = 0",
    replace = "    total = 1",
  ): Promise<{ uri: vscode.Uri; editId: string }> {
    const uri = session.write(name, before);
    session.answer = editAnswer(search, replace);
    await session.show(uri, 40);
    const events = await session.run("thinkaloud.ask", {
      uri: uri.toString(),
      range: farAway,
      question: "Start at one.",
    });
    const found = events.find((event) => event.kind === "unplaced");
    assert.ok(found?.kind === "unplaced", JSON.stringify(events.at(-1)));
    return { uri, editId: found.edit.id };
  }

  const farAway = { start: { line: 40, character: 0 }, end: { line: 40, character: 0 } };

  function openProposal(): string {
    const id = session.undecided().at(-1);
    assert.ok(id, "a proposal is open");
    return id;
  }

  it("is asked for once more when the person wants it, and reviewed like any other", async () => {
    const { uri, editId } = await unplaced("place-asked.py");
    assert.equal(session.daemon.chats().length, 1, "a question asks once");
    session.answer = editAnswer("def two():\n    total = 0", "def two():\n    total = 1");
    const over = session.nextEnd();
    await session.parts.panel.receive({ kind: "askAgain", editId });
    proposalIn(session.parts.history.eventsOf(await over));
    await session.parts.review.accept(openProposal());
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.getText(), placed);
  });

  it("goes where the person's selection is, as a proposal to be reviewed", async () => {
    const { uri } = await unplaced("place-selection.py");
    const editor = await session.show(uri);
    editor.selection = new vscode.Selection(5, 0, 7, 4);
    await vscode.commands.executeCommand("thinkaloud.placeHere");
    assert.equal(editor.document.getText(), before, "nothing changes before the person accepts");
    await session.reviewOpen(openProposal());
    await vscode.commands.executeCommand("thinkaloud.accept");
    assert.equal(editor.document.getText(), placed);
    await vscode.commands.executeCommand("undo");
    assert.equal(editor.document.getText(), before);
  });

  it("goes where the cursor is", async () => {
    const { uri } = await unplaced("place-cursor.py");
    const editor = await session.show(uri, 6);
    await vscode.commands.executeCommand("thinkaloud.placeHere");
    await session.parts.review.accept(openProposal());
    assert.equal(editor.document.getText(), placed);
  });

  it("takes the place of selected lines that are nothing like it, indented as they are", async () => {
    const { uri } = await unplaced(
      "place-over.py",
      "result = compute(first)\nreturn result.total",
      "value = 3\nreturn value",
    );
    const editor = await session.show(uri);
    editor.selection = new vscode.Selection(11, 0, 11, 10);
    await vscode.commands.executeCommand("thinkaloud.placeHere");
    await session.parts.review.accept(openProposal());
    assert.equal(
      editor.document.getText(),
      before.replace("    return None", "    value = 3\n    return value"),
    );
  });

  it("can be placed from a lens above each place that comes into question", async () => {
    const { uri } = await unplaced("place-lens.py");
    const document = await vscode.workspace.openTextDocument(uri);
    await session.show(uri);
    const lenses = session.parts.handPlacing.provideCodeLenses(document);
    const at = lenses.map((lens) => lens.range.start.line);
    assert.deepEqual(at, [1, 6]);
    const command = lenses[1]?.command;
    assert.ok(command);
    await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
    await session.parts.review.accept(openProposal());
    assert.equal(document.getText(), placed);
    const left = session.parts.handPlacing.provideCodeLenses(document);
    assert.deepEqual(left, [], "what is placed asks no more");
  });

  it("shows its likely place when another file is in front, and places nothing", async () => {
    const { uri, editId } = await unplaced("place-elsewhere.py");
    await session.show(session.write("other.py", "x = 1\n"));
    await session.parts.panel.receive({ kind: "placeHere", editId });
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), uri.toString());
    assert.equal(vscode.window.activeTextEditor?.selection.start.line, 1);
    assert.deepEqual(session.undecided(), []);
  });

  it("can be placed again after its placing was rejected, and not once it was accepted", async () => {
    const { uri, editId } = await unplaced("place-again.py");
    await session.show(uri, 1);
    await session.parts.handPlacing.placeHere(editId);
    const first = openProposal();
    await session.reviewOpen(first);
    assert.equal(await failureKind(session.parts.handPlacing.placeHere(editId)), "proposalGone");
    await session.parts.review.reject(first);
    await session.show(uri, 6);
    await session.parts.handPlacing.placeHere(editId);
    const second = openProposal();
    await session.reviewOpen(second);
    await session.parts.review.accept(second);
    assert.equal(await failureKind(session.parts.handPlacing.placeHere(editId)), "proposalGone");
  });
});
