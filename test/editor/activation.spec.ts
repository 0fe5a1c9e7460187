import assert from "node:assert/strict";
import * as vscode from "vscode";
import { commands } from "../../src/protocol/commands";

describe("a started editor", () => {
  it("has the extension active, with every command in its place", async () => {
    const extension = vscode.extensions.getExtension("thinkaloud.thinkaloud");
    assert.ok(extension, "the extension is installed");
    await extension.activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = Object.values(commands).filter((command) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});
