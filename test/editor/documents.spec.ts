import assert from "node:assert/strict";
import * as vscode from "vscode";
import { codeActions, editAnswer, failureKind, inSession, session, until } from "./session";

const code = "def add(a, b):\n    return a - b\n";
const fixed = "def add(a, b):\n    return a + b\n";
const whole = (fence: string, text: string) => ({
  answer: `It adds:\n\n\`\`\`${fence}\n${text}\`\`\`\n`,
});

describe("a document that is no plain file in a language of ours", () => {
  inSession();

  async function unsaved(languageId: string): Promise<vscode.TextDocument> {
    const content = { content: code, language: languageId };
    const document = await vscode.workspace.openTextDocument(content);
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    return document;
  }

  for (const languageId of ["python", "plaintext"]) {
    it(`can be fixed and explained before it was ever saved, as ${languageId}`, async () => {
      const document = await unsaved(languageId);
      session.answer = { answer: "It subtracts." };
      assert.equal((await session.run("thinkaloud.explain")).at(-1)?.kind, "finished");
      session.answer = whole("python", fixed);
      const id = await session.fix();
      await until(
        "the review has the language",
        () => session.reviewDocument(id)?.languageId === languageId,
      );
      await session.parts.review.accept(id);
      assert.equal(document.getText(), fixed);
      assert.equal(vscode.window.activeTextEditor?.document, document);
      await vscode.commands.executeCommand("undo");
      assert.equal(document.getText(), code);
    });
  }

  it("has no tests written before it was ever saved, and says why before the model is asked", async () => {
    await unsaved("python");
    assert.equal(await failureKind(session.parts.session.start("writeTests")), "noPlaceForTests");
    assert.deepEqual(session.daemon.chats(), []);
  });

  for (const [name, fence, text, wrong, right] of [
    ["compose.yaml", "yaml", "services:\n  web:\n    image: ngnix\n", "ngnix", "nginx"],
    ["build.bat", "batch", "@echo off\r\nset A=1\r\necho %B%\r\n", "%B%", "%A%"],
    ["notes.rst", "rst", "Title\n====\n\nText of no language.\n", "====\n", "=====\n"],
    ["kernel.cu", "cpp", "__global__ void f(int *n) {\n  *n = *n + 2;\n}\n", "+ 2", "* 2"],
    [".env.local", "ini", "PORT=808O\n", "808O", "8080"],
  ] as const) {
    it(`can be fixed in a language that only the editor knows: ${name}`, async () => {
      const uri = session.write(name, text);
      await session.show(uri);
      session.answer = whole(fence, text.replaceAll("\r\n", "\n").replace(wrong, right));
      const id = await session.fix();
      await session.parts.review.accept(id);
      assert.equal(await session.text(uri), text.replace(wrong, right));
    });
  }

  describe("but a cell of a notebook", () => {
    let notebook: vscode.NotebookDocument;
    const cellText = (index: number): string => notebook.cellAt(index).document.getText();
    beforeEach(async () => {
      const cells = ["import math", code.trimEnd(), "# the end"].map((source) => ({
        cell_type: "code",
        source: source.split(/(?<=\n)/),
        metadata: {},
        outputs: [],
        execution_count: null,
      }));
      const metadata = { language_info: { name: "python" } };
      const uri = session.write(
        "cells.ipynb",
        JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }),
      );
      notebook = await vscode.workspace.openNotebookDocument(uri);
      await vscode.window.showNotebookDocument(notebook, {
        selections: [new vscode.NotebookRange(1, 2)],
      });
      await until(
        "the notebook is in front",
        () => vscode.window.activeNotebookEditor?.notebook === notebook,
      );
    });

    it("is fixed alone, as one undo step, and the notebook is in front again", async () => {
      session.answer = editAnswer("    return a - b", "    return a + b");
      const id = await session.fix();
      const [chat] = session.daemon.chats();
      assert.ok(chat?.text.includes("return a - b"));
      assert.ok(!chat?.text.includes("cell_type"), "the model sees the cell, not the file's JSON");
      await until(
        "the review has the cell's language",
        () => session.reviewDocument(id)?.languageId === "python",
      );
      await session.parts.review.accept(id);
      assert.deepEqual([0, 1, 2].map(cellText), ["import math", fixed.trimEnd(), "# the end"]);
      await until(
        "the notebook is in front",
        () => vscode.window.activeNotebookEditor?.notebook === notebook,
      );
      await vscode.commands.executeCommand("notebook.cell.edit");
      await vscode.commands.executeCommand("undo");
      assert.deepEqual([0, 1, 2].map(cellText), ["import math", code.trimEnd(), "# the end"]);
    });

    it("is offered the lightbulb", async () => {
      const uri = notebook.cellAt(1).document.uri;
      const range = new vscode.Range(1, 4, 1, 4);
      let titles: string[] = [];
      for (let round = 0; round < 50 && titles.length === 0; round++) {
        const found = await codeActions(uri, range);
        titles = found.map(({ title }) => title).filter((title) => title.includes("Thinkaloud"));
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      assert.ok(titles.includes("Fix with Thinkaloud"), titles.join());
    });

    it("is explained", async () => {
      session.answer = { answer: "It subtracts." };
      const [started] = await session.run("thinkaloud.explain");
      assert.ok(started?.kind === "started");
      assert.equal(started.uri, notebook.cellAt(1).document.uri.toString());
      assert.equal(started.path, "cells.ipynb");
    });

    it("has no tests written, and says why before the model is asked", async () => {
      assert.equal(await failureKind(session.parts.session.start("writeTests")), "noPlaceForTests");
      assert.deepEqual(session.daemon.chats(), []);
    });

    it("that was deleted meanwhile takes no edit, and the other cells stay", async () => {
      session.answer = editAnswer("    return a - b", "    return a + b");
      const id = await session.fix();
      const edit = new vscode.WorkspaceEdit();
      edit.set(notebook.uri, [vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(1, 2))]);
      await vscode.workspace.applyEdit(edit);
      assert.equal(await failureKind(session.parts.review.accept(id)), "cellMissing");
      assert.deepEqual([0, 1].map(cellText), ["import math", "# the end"]);
    });
  });
});
