import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import type { RunEvent } from "../../src/protocol/run-events";
import { joinText } from "../../src/runs/join-text";
import { parseRunLines } from "../../src/runs/run-lines";
import { freePort } from "../support/loopback";
import { variedText } from "../support/varied-text";
import { editAnswer, inSession, session, until } from "./session";

const code = "def add(a, b):\n    return a - b\n";
const slow = {
  thinking: variedText(4_500),
  answer: "It subtracts.",
  delayMsPerChunk: 20,
};

describe("a run in the editor", () => {
  inSession();

  it("goes from the click to the open review", async () => {
    const uri = session.write("path.py", code);
    session.answer = editAnswer("    return a - b", "    return a + b");
    await session.show(uri);
    const events = await session.run("thinkaloud.fix");
    const kinds = new Set<string>(events.map((event) => event.kind));
    for (const kind of "started model phase sent thought answer proposal finished".split(" "))
      assert.ok(kinds.has(kind), kind);
    assert.ok(session.daemon.chats()[0]?.text.includes("return a - b"), "the code was sent");
    await until("the review is open", () => session.diffs().length === 1);
  });

  it("takes its edits from the answer, never from the reasoning", async () => {
    const uri = session.write("thought.py", code);
    session.answer = {
      thinking: editAnswer("    return a - b", "    return 'from the thought'").answer,
      answer: "There is nothing to fix.",
    };
    await session.show(uri);
    const events = await session.run("thinkaloud.fix");
    assert.ok(!events.some((event) => event.kind === "proposal"));
  });

  it("stops on the command, keeps what was thought, and leaves the daemon idle", async () => {
    await session.show(session.write("stop.py", code));
    session.answer = slow;
    const over = session.nextEnd();
    await vscode.commands.executeCommand("thinkaloud.explain");
    await session.next((event) => event.kind === "thought");
    await vscode.commands.executeCommand("thinkaloud.stop");
    const events = session.parts.history.eventsOf(await over);
    const last = events.at(-1);
    assert.equal(last?.kind === "finished" && last.outcome, "stopped");
    assert.ok(events.some((event) => event.kind === "thought"));
    await until("the daemon is idle", () => session.daemon.busy() === 0, 1_000);
  });

  it("at a dead port ends in a failure with cause, remedy and one button", async () => {
    await session.set("endpoint", `http://127.0.0.1:${await freePort()}`);
    await session.show(session.write("dead.py", code));
    const events = await session.run("thinkaloud.explain");
    const failed = events.at(-1);
    assert.ok(failed?.kind === "failed", JSON.stringify(failed));
    assert.equal(failed.report.failure.kind, "daemonUnreachable");
    assert.ok(failed.report.title !== "" && failed.report.remedy !== "");
    assert.equal(failed.report.button?.action, "useBuiltInEngine");
  });

  it("that breaks off keeps what came before", async () => {
    await session.show(session.write("breaks.py", code));
    session.answer = {
      thinking: "I have got so far.",
      answer: "one two three four five six seven eight",
      fault: "resetMidway",
    };
    const events = await session.run("thinkaloud.explain");
    assert.equal(events.at(-1)?.kind, "failed");
    const text = events.flatMap((event) => (event.kind === "thought" ? event.text : []));
    assert.equal(text.join(""), "I have got so far.");
  });

  it("is on disk in the folder that all windows share, event by event", async () => {
    await session.show(session.write("kept.py", code));
    session.answer = slow;
    const over = session.nextEnd();
    await vscode.commands.executeCommand("thinkaloud.explain");
    const runId = await session.next((event) => event.kind === "thought");
    const written = () => {
      const name = readdirSync(session.parts.runsFolder).find((each) => each.includes(runId));
      return name === undefined
        ? []
        : parseRunLines(readFileSync(join(session.parts.runsFolder, name), "utf8"));
    };
    await until(
      "the thought is on disk while the model still thinks",
      () => written().some((event) => event.kind === "thought"),
      2_000,
    );
    assert.ok(session.parts.session.assistant.current !== undefined);
    await session.parts.session.assistant.stop();
    await over;
    await session.parts.history.flush();
    assert.deepEqual(joinText(written()), joinText(session.parts.history.eventsOf(runId)));
  });

  it("is found by a word of its question once it is over, and gone when it is deleted", async () => {
    await session.show(session.write("sought.py", code));
    session.answer = { answer: "Because of the xylophone." };
    const over = session.nextEnd();
    await session.parts.session.start("ask", undefined, "Why the Glockenspiel?");
    await over;
    const { archive } = session.parts;
    const found = async (words: string) => (await archive.search(words, 5)).runs;
    const [run] = await found("glockenspiel XYLOPHONE");
    assert.equal(run?.subject, "Why the Glockenspiel?");
    assert.equal(await archive.delete([run?.runId ?? ""]), 1);
    assert.deepEqual(await found("glockenspiel"), []);
  });

  describe("asked for while another goes on", () => {
    const isAnswered = (event: RunEvent) =>
      event.kind === "finished" && event.outcome === "answered";

    async function both(): Promise<{ readonly first: string; readonly second: Promise<unknown> }> {
      await session.show(session.write("second.py", code));
      session.answer = slow;
      await vscode.commands.executeCommand("thinkaloud.explain");
      const first = await session.next((event) => event.kind === "thought");
      session.answer = { answer: "Second." };
      const second = session.parts.session.start("explain");
      await session.listAt("Stop it");
      // Nothing happens before the person chose.
      assert.equal(session.parts.session.assistant.current?.runId, first);
      return { first, second };
    }

    it("can stop the first", async () => {
      const { first, second } = await both();
      const over = session.next(isAnswered);
      await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      await second;
      const runId = await over;
      assert.notEqual(runId, first);
      const ended = session.parts.history.eventsOf(first).at(-1);
      assert.equal(ended?.kind === "finished" && ended.outcome, "stopped");
    });

    it("can wait for the first", async () => {
      const { first, second } = await both();
      await session.goTo("Wait");
      await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      await new Promise((resolve) => setTimeout(resolve, 300));
      assert.equal(session.parts.session.assistant.current?.runId, first);
      const over = session.next(isAnswered);
      await session.parts.session.assistant.stop();
      await second;
      assert.notEqual(await over, first);
    });

    it("is forgotten when the person closes the question", async () => {
      const { first, second } = await both();
      await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
      await second;
      assert.equal(session.parts.session.assistant.current?.runId, first);
    });

    it("starts by itself when the first ends meanwhile", async () => {
      const { first, second } = await both();
      const over = session.next(isAnswered);
      await session.parts.session.assistant.stop();
      await second;
      assert.notEqual(await over, first);
    });
  });
});
