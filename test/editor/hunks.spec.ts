import assert from "node:assert/strict";
import * as vscode from "vscode";
import { hunksOf } from "../../src/core/edit/hunks";
import type { FileProposal } from "../../src/protocol/proposal";
import { editsAnswer, failureKind, inSession, session, type, until } from "./session";

const names = ["one", "two", "three"];
const before = names
  .map((name) => `def ${name}(a, b):\n    # keeps\n    # its\n    # words\n    return a - b\n`)
  .join("\n\n");

function bodyOf(text: string, name: string): string {
  return (
    text
      .slice(text.indexOf(`def ${name}(`))
      .split("return ")[1]
      ?.split("\n")[0] ?? ""
  );
}

/** What the three functions return, in one line. */
function returns(text: string): string {
  return names.map((name) => bodyOf(text, name)).join(", ");
}

describe("a proposal with several changes", () => {
  inSession();

  async function three(name: string) {
    const uri = session.write(name, before);
    const answer = editsAnswer(
      ...names.map((each): [string, string] => {
        const whole = `def ${each}(a, b):\n    # keeps\n    # its\n    # words\n    return a - b`;
        return [whole, whole.replace("a - b", "a + b")];
      }),
    );
    const id = await session.proposed(uri, answer);
    const document = await vscode.workspace.openTextDocument(uri);
    return { id, uri, document, shown: session.review(id) };
  }

  async function cursorOn(document: vscode.TextDocument, name: string, offset = 4): Promise<void> {
    const found = (): vscode.TextEditor | undefined =>
      vscode.window.visibleTextEditors.find((each) => each.document === document);
    await until(`${document.uri} is visible`, () => found() !== undefined);
    const editor = found();
    assert.ok(editor);
    const line = document.getText().split("\n").indexOf(`def ${name}(a, b):`) + offset;
    editor.selection = new vscode.Selection(line, 0, line, 0);
  }

  /** Puts the keyboard into the diff, on its right side. */
  async function focusReview(): Promise<void> {
    await vscode.commands.executeCommand("workbench.action.compareEditor.focusPrimarySide");
  }

  it("takes the one at the cursor into the file, and one undo takes it back", async () => {
    const { id, document, shown } = await three("hunk-one.py");
    await focusReview();
    await cursorOn(shown, "two");
    await vscode.commands.executeCommand("thinkaloud.acceptHunk");
    assert.equal(returns(document.getText()), "a - b, a + b, a - b");
    assert.ok(document.isDirty, "the person's file is not saved for them");
    assert.deepEqual(session.blockStates(id), ["0/1 accepted"]);
    assert.deepEqual(session.states(id), []);
    assert.equal(session.diffs().length, 1, "the rest can still be decided");

    await session.show(document.uri);
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), before);
    await until("it is known", () => session.blockStates(id).at(-1) === "0/1 undone");
  });

  it("takes what is left with one accept after one was rejected", async () => {
    const { id, document, shown } = await three("hunk-rest.py");
    await focusReview();
    await cursorOn(shown, "one");
    await vscode.commands.executeCommand("thinkaloud.rejectHunk");
    assert.equal(document.getText(), before, "rejecting changes no file");
    assert.equal(returns(shown.getText()), "a - b, a + b, a + b");
    await vscode.commands.executeCommand("thinkaloud.accept");
    assert.equal(returns(document.getText()), "a - b, a + b, a + b");
    assert.deepEqual(session.blockStates(id), ["0/0 rejected"]);
    assert.deepEqual(session.states(id), ["accepted"]);
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), before);
  });

  it("stays valid while the person edits the file in between", async () => {
    const { id, document, shown } = await three("hunk-between.py");
    await focusReview();
    await cursorOn(shown, "one");
    await vscode.commands.executeCommand("thinkaloud.acceptHunk");
    await type(document, new vscode.Position(0, 0), "# my own words\n# on two lines\n");
    const own = document.getText().indexOf("return a + b") + "return a + b".length;
    await type(document, document.positionAt(own), "  # and mine");
    await focusReview();
    await cursorOn(shown, "three");
    await vscode.commands.executeCommand("thinkaloud.acceptHunk");
    assert.equal(returns(document.getText()), "a + b  # and mine, a - b, a + b");
    assert.ok(document.getText().startsWith("# my own words\n# on two lines\ndef one"));
    await vscode.commands.executeCommand("thinkaloud.accept");
    assert.equal(returns(document.getText()), "a + b  # and mine, a + b, a + b");
    assert.deepEqual(session.blockStates(id), ["0/0 accepted", "0/2 accepted"]);
    assert.deepEqual(session.states(id), ["accepted"]);
  });

  it("can be decided from the left side of the diff as well", async () => {
    const { id, document } = await three("hunk-left.py");
    await type(document, new vscode.Position(0, 0), "# one line down\n");
    await focusReview();
    await vscode.commands.executeCommand("workbench.action.compareEditor.focusSecondarySide");
    await until(
      "the left side has the keyboard",
      () => vscode.window.activeTextEditor?.document === document,
    );
    await cursorOn(document, "three");
    await vscode.commands.executeCommand("thinkaloud.acceptHunk");
    assert.equal(returns(document.getText()), "a - b, a - b, a + b");
    assert.deepEqual(session.blockStates(id), ["0/2 accepted"]);
  });

  it("decides nothing where the cursor is on no change, and goes to the next one", async () => {
    const { id, document, shown } = await three("hunk-none.py");
    await focusReview();
    await cursorOn(shown, "two", 0);
    await vscode.commands.executeCommand("thinkaloud.acceptHunk");
    assert.equal(document.getText(), before);
    assert.deepEqual(session.blockStates(id), []);
    await vscode.commands.executeCommand("thinkaloud.acceptHunk");
    assert.equal(returns(document.getText()), "a - b, a + b, a - b");
  });

  it("closes with the last decision", async () => {
    const { id, document, shown } = await three("hunk-last.py");
    await focusReview();
    for (const [index, verb] of ["acceptHunk", "rejectHunk", "acceptHunk"].entries()) {
      await cursorOn(shown, names[index] ?? "");
      await vscode.commands.executeCommand(`thinkaloud.${verb}`);
    }
    assert.equal(returns(document.getText()), "a + b, a - b, a + b");
    assert.deepEqual(session.states(id), ["accepted"]);
    assert.deepEqual(session.diffs(), []);
    assert.equal(vscode.window.activeTextEditor?.document, document);
  });

  it("is decided by the panel's buttons, which name what the host holds", async () => {
    const { id, document, shown } = await three("hunk-panel.py");
    const change = { proposalId: id, fileIndex: 0, block: 0 };
    await session.parts.panel.receive({ kind: "acceptHunk", ...change, block: 2 });
    assert.equal(returns(document.getText()), "a - b, a - b, a + b");
    await session.parts.panel.receive({ kind: "rejectHunk", ...change });
    assert.equal(returns(shown.getText()), "a - b, a + b, a + b");
    for (const forged of [{ fileIndex: 7 }, { block: 9 }, { block: -1 }, { text: "evil" }])
      await session.parts.panel.receive({ kind: "acceptHunk", ...change, ...forged });
    assert.equal(returns(document.getText()), "a - b, a - b, a + b");
    assert.deepEqual(session.blockStates(id), ["0/2 accepted", "0/0 rejected"]);
  });

  it("knows what was taken out of the review by hand, and what came back", async () => {
    const { id, shown } = await three("hunk-revert.py");
    const start = shown.getText().indexOf("a + b");
    const edit = new vscode.WorkspaceEdit();
    const range = new vscode.Range(shown.positionAt(start), shown.positionAt(start + 5));
    edit.replace(shown.uri, range, "a - b");
    assert.ok(await vscode.workspace.applyEdit(edit));
    await until(
      "the change counts as rejected",
      () => session.blockStates(id).at(-1) === "0/0 rejected",
    );
    await focusReview();
    await vscode.commands.executeCommand("undo");
    await until("the change is open again", () => session.blockStates(id).at(-1) === "0/0 open");
  });

  it("is rejected when everything was taken out of the review and the nothing that is left accepted", async () => {
    const { id, document, shown } = await three("hunk-nothing.py");
    const edit = new vscode.WorkspaceEdit();
    edit.replace(shown.uri, new vscode.Range(0, 0, shown.lineCount, 0), before);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await vscode.commands.executeCommand("thinkaloud.accept");
    assert.equal(document.getText(), before);
    assert.deepEqual(session.states(id), ["rejected"]);
  });

  it("leaves the file alone where the person changed the same lines, and the other changes can still be taken", async () => {
    const { id, document, shown } = await three("hunk-conflict.py");
    const mine = document.getText().indexOf("a - b") + 5;
    await type(document, document.positionAt(mine), "  # mine");
    const typed = document.getText();
    await focusReview();
    await cursorOn(shown, "one");
    assert.equal(await failureKind(session.parts.review.acceptHunk()), "documentConflict");
    assert.equal(document.getText(), typed);
    await session.parts.review.acceptHunk({ proposalId: id, fileIndex: 0, block: 1 });
    assert.equal(returns(document.getText()), "a - b  # mine, a + b, a - b");
  });

  it("survives CRLF line ends", async () => {
    const crlf = before.replaceAll("\n", "\r\n");
    const uri = session.write("hunk-crlf.py", crlf);
    const edits = names.map((each): [string, string] => [
      `def ${each}(a, b):\n    # keeps`,
      `def ${each}(c, b):\n    # keeps`,
    ]);
    const id = await session.proposed(uri, editsAnswer(...edits));
    await session.parts.review.acceptHunk({ proposalId: id, fileIndex: 0, block: 1 });
    await session.parts.review.rejectHunk({ proposalId: id, fileIndex: 0, block: 0 });
    const document = await vscode.workspace.openTextDocument(uri);
    const accepted = crlf.replace("def two(a", "def two(c");
    assert.equal(document.getText(), accepted);
    await session.parts.review.accept(id);
    assert.equal(document.getText(), accepted.replace("def three(a", "def three(c"));
  });

  it("is shown after a reload without what was rejected before", async () => {
    const uri = session.write("hunk-reload.py", before);
    const proposed = before.replaceAll("a - b", "a + b");
    const id = session.smuggle([fileOf(uri, before, proposed)]);
    const change = { proposalId: id, fileIndex: 0, block: 1 };
    session.parts.history.add(id, { kind: "hunkState", at: 3, ...change, state: "rejected" });
    await session.parts.review.open(id);
    await until("the review is there", () => session.reviewDocument(id) !== undefined);
    assert.equal(returns(session.reviewDocument(id)?.getText() ?? ""), "a + b, a - b, a + b");
  });

  it("of several files is reviewed file by file, and accepted in one step", async () => {
    const first = session.write("several/first.py", before);
    const second = session.write("several/second.py", before);
    const id = session.smuggle(
      [first, second].map((uri) => fileOf(uri, before, before.replaceAll("a - b", "a + b"))),
    );
    await session.parts.review.open(id);
    await until("both reviews are open", () => session.diffs().length === 2);
    const front = (): string => {
      const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
      return input instanceof vscode.TabInputTextDiff
        ? (input.original.path.split("/").at(-1) ?? "")
        : "none";
    };
    await until("the first file is in front", () => front() === "first.py");
    await vscode.commands.executeCommand("thinkaloud.nextFile");
    await until("the second file is in front", () => front() === "second.py");
    await vscode.commands.executeCommand("thinkaloud.nextFile");
    await until("it goes round the corner", () => front() === "first.py");
    await vscode.commands.executeCommand("thinkaloud.previousFile");
    await until("and back", () => front() === "second.py");

    await session.parts.review.acceptHunk({ proposalId: id, fileIndex: 1, block: 0 });
    const [firstDocument, secondDocument] = await Promise.all(
      [first, second].map((uri) => vscode.workspace.openTextDocument(uri)),
    );
    assert.ok(firstDocument && secondDocument);
    assert.equal(firstDocument.getText(), before);
    assert.equal(returns(secondDocument.getText()), "a + b, a - b, a - b");
    await session.parts.review.rejectHunk({ proposalId: id, fileIndex: 0, block: 2 });
    await session.parts.review.accept(id);
    assert.equal(returns(firstDocument.getText()), "a + b, a + b, a - b");
    assert.equal(returns(secondDocument.getText()), "a + b, a + b, a + b");
    await session.show(first);
    await vscode.commands.executeCommand("undo");
    assert.equal(firstDocument.getText(), before);
    await until(
      "one undo takes both back",
      () => returns(secondDocument.getText()) === "a + b, a - b, a - b",
    );
  });

  it("of several files can be seen in one editor, which closes with the decision", async () => {
    const uris = ["a", "b"].map((name) => session.write(`all/${name}.py`, before));
    const id = session.smuggle(
      uris.map((uri) => fileOf(uri, before, before.replaceAll("a - b", "a + b"))),
    );
    await vscode.commands.executeCommand("thinkaloud.reviewAll");
    const all = (): boolean =>
      vscode.window.tabGroups.all.some((group) =>
        group.tabs.some((tab) => tab.label.startsWith("All files of")),
      );
    await until("the editor of all files is open", all);
    await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
    const shown = (): vscode.TextEditor | undefined => {
      const editor = vscode.window.activeTextEditor;
      return editor?.document.uri.scheme === "thinkaloud-proposal" ? editor : undefined;
    };
    await until("the keyboard is in one of the reviews", () => shown() !== undefined);
    const name = shown()?.document.uri.path.split("/").at(-1);
    const decided = uris[name === "a.py" ? 0 : 1];
    const line = before.split("\n").indexOf("def two(a, b):") + 4;
    const editor = shown();
    assert.ok(editor && decided);
    editor.selection = new vscode.Selection(line, 0, line, 0);
    await vscode.commands.executeCommand("thinkaloud.acceptHunk");
    assert.equal(returns(await session.text(decided)), "a - b, a + b, a - b");
    await session.parts.review.reject(id);
    await until("it is closed", () => !all());
  });

  function fileOf(uri: vscode.Uri, base: string, proposed: string): FileProposal {
    return {
      ...{ uri: uri.toString(), path: vscode.workspace.asRelativePath(uri), languageId: "python" },
      ...{ change: "edit", base, proposed, hunks: hunksOf(base, proposed) },
      ...{ match: "exact", syntax: "clean", notices: [] },
    };
  }
});
