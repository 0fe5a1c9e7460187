import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as vscode from "vscode";
import { greenPlace } from "../../src/editor/checks/green-place";
import { testTask } from "../../src/editor/checks/test-task";
import { terminalSelection } from "../../src/editor/context/terminal-selection";
import { codeActions, inSession, proposalIn, session, until } from "./session";

const net = "def net(price, rate):\n    return price * rate\n";
const test = [
  "import unittest",
  "from net import net",
  "class Net(unittest.TestCase):",
  "    def test_net(self):",
  "        self.assertEqual(net(12, 3), 4)",
  "",
].join("\n");

const rightAnswer =
  "net.py\n<<<<<<< SEARCH\n    return price * rate\n=======\n    return price // rate\n>>>>>>> REPLACE\n";

describe("fixing until all passes", () => {
  let controller: vscode.TestController | undefined;
  inSession(async () => {
    controller?.dispose();
    await session.parts.checks.agreements.forget();
    await session.set("checks", "off");
  });
  beforeEach(async () => {
    await session.set("checks", "ask");
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.toString() ?? "";
    const programs = ["pytest", "unittest"].map((name) => `python -m ${name}`);
    await session.parts.checks.agreements.allow(folder, programs);
  });

  it("begins at a test of the editor's own view, and mends the code that the test leads to", async function () {
    if (spawnSync("python3", ["--version"]).status !== 0) this.skip();
    session.write("net.py", net);
    const uri = session.write("test_net.py", test);
    controller = vscode.tests.createTestController("green", "Green");
    const item = controller.createTestItem("net", "net", uri);
    item.range = new vscode.Range(3, 0, 4, 0);
    session.answer = { answer: `I'm not sure about zero.\n\n${rightAnswer}` };
    const events = await session.run("thinkaloud.fixUntilGreen", item);
    const end = events.at(-1);
    assert.ok(end?.kind === "finished", JSON.stringify(end));
    assert.equal(end.detail, "All that failed passes now, in round 1.");
    const { id, files } = proposalIn(events);
    assert.equal(files.map(({ path }) => path).join(), "net.py");
    await session.parts.review.accept(id);
    await until("it is accepted", () => session.states(id).includes("accepted"));
    await vscode.env.clipboard.writeText("");
    await session.parts.panel.receive({ kind: "commitMessage", proposalId: id });
    const message = await vscode.env.clipboard.readText();
    assert.match(message, /^Fix net\.py\n/);
    assert.match(message, /1 test: 1 failed, now 0/);
    assert.match(message, /doubt: I'm not sure about zero\./);
  });

  it("begins at the output that is selected in a terminal", async function () {
    if (spawnSync("python3", ["--version"]).status !== 0) this.skip();
    session.write("net.py", net);
    const uri = session.write("test_net.py", test);
    session.answer = { answer: rightAnswer };
    const written = new vscode.EventEmitter<string>();
    const text = '  File "net.py", line 2\r\n  File "test_net.py", line 5, in test_net\r\n';
    const pty = { onDidWrite: written.event, open: () => written.fire(text), close: () => {} };
    const terminal = vscode.window.createTerminal({ name: "tests", pty });
    try {
      terminal.show();
      await until("the terminal has what was selected", async () => {
        await vscode.commands.executeCommand("workbench.action.terminal.selectAll");
        return (await terminalSelection()).includes("in test_net");
      });
      const events = await session.run("thinkaloud.fixOutput");
      const [first] = events;
      assert.equal(first?.kind === "started" && first.uri, uri.toString());
      const end = events.at(-1);
      assert.ok(end?.kind === "finished", JSON.stringify(end));
      assert.equal(end.detail, "All that failed passes now, in round 1.");
    } finally {
      terminal.dispose();
    }
  });

  it("is offered by the lightbulb in a test", async () => {
    const uri = session.write("test_net.py", test);
    await session.show(uri, 4);
    const range = new vscode.Range(4, 8, 4, 8);
    let found: vscode.Command | undefined;
    await until("the language server offers it", async () => {
      const actions = await codeActions(uri, range);
      found = actions.find(({ title }) => title.startsWith("Fix failing tests"))?.command;
      return found !== undefined;
    });
    const started = session.next(({ kind }) => kind === "started");
    const over = session.nextEnd();
    void vscode.commands.executeCommand(found?.command ?? "", ...(found?.arguments ?? []));
    const [event] = session.parts.history.eventsOf(await started);
    assert.ok(event?.kind === "started" && event.untilGreen && event.uri === uri.toString());
    await session.parts.session.assistant.stop();
    await over;
  });

  it("knows what it is called from", () => {
    const uri = vscode.Uri.file("/project/test_net.py");
    const line = (place: ReturnType<typeof greenPlace>) => place?.range.start.line;
    controller = vscode.tests.createTestController("green", "Green");
    const item = controller.createTestItem("net", "net", uri);
    item.range = new vscode.Range(3, 0, 4, 0);
    assert.equal(line(greenPlace(item)), 3);
    assert.equal(line(greenPlace({ test: item, message: new vscode.TestMessage("no") })), 3);
    assert.equal(greenPlace(uri)?.uri, uri.toString());
    for (const other of [undefined, 3, { uri: "no range" }, [], { test: 7 }])
      assert.equal(greenPlace(other), undefined);
  });
});

describe("the test task of a folder", () => {
  inSession();

  it("is read as words that need no shell, or not at all", async () => {
    const uri = session.write("a.txt", "a").toString();
    const write = async (task: object): Promise<void> => {
      const found = { label: "try", group: { kind: "test", isDefault: true }, ...task };
      session.write(".vscode/tasks.json", JSON.stringify({ version: "2.0.0", tasks: [found] }));
    };
    const isNow = async (wanted: string | undefined): Promise<void> => {
      const began = performance.now();
      const words = async () => (await testTask(uri))?.words.join(" ");
      while ((await words()) !== wanted && performance.now() - began < 60_000)
        await new Promise((resolve) => setTimeout(resolve, 100));
      assert.equal(await words(), wanted);
    };
    await write({ type: "process", command: "make", args: ["check", "a b"] });
    await isNow("make check a b");
    await write({ type: "shell", command: "make check | tee log" });
    await isNow(undefined);
    await write({ type: "process", command: "make", args: ["$" + "{file}"] });
    await isNow(undefined);
    await write({ type: "shell", command: "make", args: ["test"] });
    await isNow("make test");
  });
});
