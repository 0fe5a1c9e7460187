import assert from "node:assert/strict";
import * as vscode from "vscode";
import { codeActions, editAnswer, inSession, session, until } from "./session";

const code = "def add(a, b):\n    return a - b\n";

describe("the lightbulb", () => {
  inSession();
  const problems = vscode.languages.createDiagnosticCollection("test");
  after(() => problems.dispose());

  it("says Fix with Thinkaloud on a problem, and a click on it leads to a proposal about that problem", async () => {
    const uri = session.write("bulb.py", code);
    await session.show(uri);
    const range = new vscode.Range(1, 11, 1, 16);
    problems.set(uri, [
      new vscode.Diagnostic(range, "should add", vscode.DiagnosticSeverity.Warning),
    ]);
    let fix: vscode.CodeAction | undefined;
    for (let round = 0; round < 50 && fix === undefined; round++) {
      const found = await codeActions(uri, range);
      fix = found.find(({ title }) => title.startsWith("Fix with Thinkaloud"));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.ok(fix?.command, "the language server offers the fix");
    session.answer = editAnswer("    return a - b", "    return a + b");
    const over = session.nextEnd();
    await vscode.commands.executeCommand(fix.command.command, ...(fix.command.arguments ?? []));
    const events = session.parts.history.eventsOf(await over);
    assert.equal(events[0]?.kind === "started" && events[0].subject, "should add");
    assert.ok(events.some((event) => event.kind === "proposal"));
    await until("the review is open", () => session.diffs().length === 1);
  });
});
