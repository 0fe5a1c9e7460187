import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { knownByFirstLine, knownToTheEditor } from "../base/languages/known-files";

describe("the command line's table of file names", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "names-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  async function languageOf(name: string, content: string): Promise<string> {
    writeFileSync(join(folder, name), content);
    const document = await vscode.workspace.openTextDocument(join(folder, name));
    return document.languageId;
  }

  it("says of each name what the editor says", async () => {
    const found = [];
    for (const [name] of knownToTheEditor) found.push([name, await languageOf(name, "")]);
    assert.deepEqual(found, knownToTheEditor);
  });

  it("says of each first line what the editor says", async () => {
    const found = [];
    for (const [index, [line]] of knownByFirstLine.entries()) {
      found.push([line, await languageOf(`script${index}`, `${line}\n`)]);
    }
    assert.deepEqual(found, knownByFirstLine);
  });
});
