import assert from "node:assert/strict";
import * as vscode from "vscode";
import { panelView } from "../../src/editor/panel/panel-place";
import { variedText } from "../support/varied-text";
import { inSession, session, startedIn, until } from "./session";

const code = "def add(a, b):\n    return a - b\n";

describe("what the panel sends", () => {
  inSession();

  it("is obeyed only as ids of what the host holds", async () => {
    const uri = session.write("guarded.py", code);
    const id = await session.proposal(uri, "    return a - b", "    return a + b");
    const { panel } = session.parts;
    const forged: readonly unknown[] = [
      null,
      "accept",
      [],
      { kind: "accept" },
      { kind: "accept", proposalId: 7 },
      { kind: "accept", proposalId: "" },
      { kind: "accept", proposalId: "another" },
      { kind: "accept", proposalId: { toString: () => id } },
      { kind: "accept", uri: uri.toString(), text: "gone" },
      { kind: "apply", proposalId: id, text: "gone" },
      { kind: "command", command: "thinkaloud.accept" },
      { kind: "stop", runId: "another" },
      { kind: "remedy", runId: "another", otherwise: false },
      { kind: "revealTarget", runId: "another" },
      { kind: "openLink", href: "command:thinkaloud.accept" },
      { kind: "openLink", href: "file:///etc/passwd" },
      { kind: "setup", action: "format the disk" },
    ];
    for (const message of forged) await panel.receive(message);
    assert.equal(await session.text(uri), code);
    assert.deepEqual(session.states(id), []);

    await panel.receive({ kind: "accept", proposalId: id });
    assert.equal(await session.text(uri), code.replace("a - b", "a + b"));
  });

  it("stands in the secondary side bar where the editor takes a view there, else aside", async () => {
    assert.equal(await panelView(), "thinkaloud.panel");
    const { getCommands, executeCommand } = vscode.commands;
    const set: unknown[] = [];
    // An editor that refused the container has no command that opens it.
    Object.assign(vscode.commands, {
      getCommands: async () =>
        (await getCommands(true)).filter((id) => id !== "workbench.view.extension.thinkaloud"),
      executeCommand: async (...told: readonly unknown[]) => void set.push(told),
    });
    try {
      assert.equal(await panelView(), "thinkaloud.panelAside");
      assert.deepEqual(set, [["setContext", "thinkaloud.panelAside", true]]);
    } finally {
      Object.assign(vscode.commands, { getCommands, executeCommand });
    }
    await executeCommand("setContext", "thinkaloud.panelAside", true);
    await executeCommand("thinkaloud.panelAside.focus");
    await executeCommand("setContext", "thinkaloud.panelAside", false);
    await executeCommand("thinkaloud.panel.focus");
  });

  it("asks about the editor's selection, in the person's words", async () => {
    const uri = session.write("asked.py", code);
    await session.show(uri, 1);
    session.answer = { answer: "It subtracts." };
    const over = session.nextEnd();
    await session.parts.panel.receive({ kind: "ask", text: "why does it subtract?" });
    const started = startedIn(session.parts.history.eventsOf(await over));
    const asked = [started.action, started.question, started.uri];
    assert.deepEqual(asked, ["ask", "why does it subtract?", uri.toString()]);
    assert.ok(session.daemon.chats()[0]?.text.includes("why does it subtract?"));
  });

  it("stops its own run, not the one that came after it", async () => {
    await session.show(session.write("late.py", code));
    session.answer = { answer: "First." };
    await session.run("thinkaloud.explain");
    const earlier = session.parts.history.runs.at(-1)?.runId;
    session.answer = { thinking: variedText(1_500), answer: "Second.", delayMsPerChunk: 20 };
    await vscode.commands.executeCommand("thinkaloud.explain");
    const later = await session.next((event) => event.kind === "thought");
    await session.parts.panel.receive({ kind: "stop", runId: earlier });
    assert.equal(session.parts.session.assistant.current?.runId, later);
    await session.parts.panel.receive({ kind: "stop", runId: later });
    assert.equal(session.parts.session.assistant.current, undefined);
  });

  it("carries out the remedy of the run's own failure", async () => {
    await session.show(session.write("again.py", code));
    session.answer = { answer: "one two three four five six", fault: "resetMidway" };
    await session.run("thinkaloud.explain");
    const failed = session.parts.history.runs.at(-1)?.runId;
    session.answer = { answer: "All of it." };
    const over = session.nextEnd();
    await session.parts.panel.receive({ kind: "remedy", runId: failed, otherwise: false });
    const again = session.parts.history.eventsOf(await over);
    assert.equal(again.at(-1)?.kind, "finished");
    assert.equal(again[0]?.kind === "started" && again[0].path, "again.py");
  });

  it("can show the place that a run was about", async () => {
    const uri = session.write("place.py", code);
    await session.show(uri, 1);
    session.answer = { answer: "It subtracts." };
    await session.run("thinkaloud.explain");
    const runId = session.parts.history.runs.at(-1)?.runId;
    await session.show(session.write("elsewhere.py", "x = 1\n"));
    await session.parts.panel.receive({ kind: "revealTarget", runId });
    await until(
      "the place is in front",
      () => vscode.window.activeTextEditor?.document.uri.toString() === uri.toString(),
    );
    assert.equal(vscode.window.activeTextEditor?.selection.start.line, 1);
  });

  it("opens what a name in an answer means, and nothing outside of the folder", async () => {
    session.write("named/masks.py", "\n\ndef make_mask(bits):\n    return 1 << bits\n");
    const uri = session.write("named/bits.py", code);
    await session.show(uri);
    session.answer = { answer: "It calls `make_mask`." };
    await session.run("thinkaloud.explain");
    const runId = session.parts.history.runs.at(-1)?.runId;
    const inFront = () => vscode.window.activeTextEditor;
    const open = (name: string) => session.parts.panel.receive({ kind: "openPlace", runId, name });
    await open("add");
    await until("its own function", () => inFront()?.document.uri.path === uri.path);
    await open("named/masks.py:3");
    await until("the line", () => inFront()?.document.fileName.endsWith("masks.py") === true);
    assert.equal(inFront()?.selection.start.line, 2);
    const before = inFront()?.document.uri.toString();
    for (const name of [
      ...["/etc/passwd", "../../etc/passwd.txt:1", "file:///etc/hosts.conf", "named/masks.py:99"],
      ...["lost.py", "nobody_declares", "command:thinkaloud.accept"],
    ])
      await open(name);
    assert.equal(inFront()?.document.uri.toString(), before);
  });
});
