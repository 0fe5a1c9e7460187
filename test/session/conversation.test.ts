import { describe, expect, it } from "vitest";
import { RunHistory } from "../../src/session/history/run-history";
import { Session } from "../../src/session/session";
import {
  code,
  fixed,
  RunWorld,
  rewritten,
  targetIn,
  type WorldOptions,
} from "../core/run/run-world";
import type { ChatAnswer } from "../support/scripted-models";

/**
 * A person who talks with a model that gives these answers, about a file that they may change in
 * between.
 */
async function talk(answers: readonly ChatAnswer[], options: WorldOptions = {}) {
  const world = await RunWorld.start(answers, options);
  const history = new RunHistory(undefined);
  const file = { text: code };
  const session = new Session({
    environment: world.environment,
    history,
    front: {
      takeTarget: async () => targetIn(file.text),
      makeWay: async () => "wait",
      showRun() {},
    },
  });
  const over = async (begun: Promise<string | undefined>): Promise<string> => {
    const runId = await begun;
    await session.assistant.idle();
    return runId ?? "";
  };
  const sent = () =>
    world.daemon
      .chats()
      .map(({ body }) => (body.messages ?? []).map(({ role, content }) => ({ role, content })));
  return { session, history, file, over, sent };
}

const thinkingAnswer = { thinking: "SECRET THOUGHT", answer: "It subtracts." };

describe("a follow-up", () => {
  it("about a step of the thought quotes the step, and nothing else of the thought", async () => {
    const first =
      "It takes the one away from the other, as the minus in line two says; whoever wrote it must have meant it, since nothing else in the file disagrees with it.";
    const thinking = `${first}\n\nWait, the name says something else. OTHER STEP`;
    const { session, history, over, sent } = await talk([
      { answer: `<think>\n${thinking}\n</think>\n\nIt subtracts.` },
      { answer: "The minus." },
    ]);
    const runId = await over(session.start("ask", undefined, "What does it do?"));
    const part = history.stateOf(runId).parts.findIndex(({ kind }) => kind === "thought");
    await over(session.explainStep(runId, part, 0));
    const asked = sent()[1]?.[2]?.content ?? "";
    expect(asked).toContain("Explain this step of your thought:\n\n> It takes the one away");
    expect(asked).not.toContain("OTHER STEP");
    expect(await session.explainStep(runId, part, 7)).toBeUndefined();
    expect(await session.explainStep(runId, 7, 0)).toBeUndefined();
  });

  it("begins with all that was said, byte for byte, and without the reasoning", async () => {
    const { session, over, sent } = await talk([
      thinkingAnswer,
      { answer: "Because of the minus." },
    ]);
    const first = await over(session.start("ask", undefined, "What does it do?"));
    await over(session.followUp(first, "Why?"));
    const [[question] = [], followUp = []] = sent();
    expect(followUp.slice(0, 2)).toEqual([
      question,
      { role: "assistant", content: "It subtracts." },
    ]);
    expect(followUp).toHaveLength(3);
    expect(followUp[2]?.content).toContain("Question: Why?");
    expect(JSON.stringify(followUp)).not.toContain("SECRET");
  });

  it("does not show the code again, unless it has changed since", async () => {
    const { session, history, file, over, sent } = await talk([{ answer: "It subtracts." }]);
    const first = await over(session.start("ask", undefined, "What does it do?"));
    const second = await over(session.followUp(first, "Why?"));
    file.text = code.replace("a - b", "a - b - 1");
    const third = await over(session.followUp(second, "And now?"));
    const [, same = [], changed = []] = sent();
    expect(same.at(-1)?.content).not.toContain("return a - b");
    expect(changed).toHaveLength(5);
    const last = changed.at(-1)?.content;
    expect(last).toContain("As it is now:\n[file name]: calc.py\n");
    expect(last).toContain("\ndef add(a, b):\n    return a - b - 1");
    const labels = history.states.at(-1)?.sent?.pieces.map(({ label }) => label);
    expect(labels?.filter((label) => label.endsWith(", which has changed since"))).toHaveLength(1);
    const said = [first, second, third].map((runId) =>
      history.stateOf(runId).parts.flatMap((part) => (part.kind === "notice" ? [part.text] : [])),
    );
    const changedSince = "The code has changed since the model saw it; it goes along as it is now.";
    expect(said).toEqual([[], [], [changedSince]]);
  });

  it("tells what became of the edit", async () => {
    const { session, history, over, sent } = await talk([
      { answer: rewritten(fixed) },
      { answer: "Certainly." },
    ]);
    const first = await over(session.start("fix"));
    const proposal = history.stateOf(first).parts.find((part) => part.kind === "proposal");
    const proposalId = proposal?.kind === "proposal" ? proposal.proposal.id : "";
    const rejected = { kind: "proposalState", at: 1, proposalId, state: "rejected" } as const;
    session.assistant.record(first, rejected);
    await over(session.differently(first, "Do it differently."));
    expect(sent().at(-1)?.at(-1)?.content).toMatch(/^I did not take your edit\./);
    expect(history.states.at(-1)?.started).toMatchObject({ action: "fix", follows: first });
    // A question about the edit in between is a part of the talk, and no other wish.
    const asked = await over(session.followUp(first, "Why?"));
    await over(session.differently(asked, "Do it differently."));
    expect(history.states.at(-1)?.started).toMatchObject({ action: "fix", follows: asked });
    session.assistant.record(first, { kind: "proposalState", at: 2, proposalId, state: "undone" });
    await over(session.followUp(first, "Why?"));
    expect(sent().at(-1)?.at(-1)?.content).toMatch(/^I took your edit into the file, and undid/);
  });

  it("can be seen before it is sent, as it would be sent, in other words too", async () => {
    const { session, over, sent } = await talk([{ answer: "It subtracts." }]);
    const { signal } = new AbortController();
    const first = await over(session.start("ask", undefined, "What does it do?"));
    const seen = async (runId: string, question: string, rephrases: boolean) =>
      (await session.preview("ask", question, { runId, rephrases }, signal))?.messages;
    const before = await seen(first, "Wy?", false);
    expect(before).toHaveLength(3);
    const second = await over(session.followUp(first, "Wy?"));
    expect(before).toEqual(sent().at(-1));
    const otherwise = await seen(second, "Why?", true);
    await over(session.rephrase(second, "Why?"));
    expect(otherwise).toEqual(sent().at(-1));
  });

  it("lets the beginning of a long talk go, and says so", async () => {
    const { session, history, over, sent } = await talk(
      [{ answer: Array.from({ length: 260 }, (_, at) => `word${at}`).join(" ") }],
      { contextTokens: 2048 },
    );
    let runId = await over(session.start("ask", undefined, "First?"));
    for (const question of ["Second?", "Third?", "Fourth?"])
      runId = await over(session.followUp(runId, question));
    const last = sent().at(-1) ?? [];
    expect(last.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
    expect(JSON.stringify(last)).not.toContain("First?");
    expect(history.stateOf(runId).sent?.leftOut).toEqual(["the beginning of the talk"]);
    expect(last.at(-1)?.content).toContain("Question: Fourth?");
    expect((await session.sentBy(runId))?.messages).toEqual(last);
  });

  it("in other words leaves the old question out and keeps what was said before it", async () => {
    const { session, history, over, sent } = await talk([{ answer: "It subtracts." }]);
    const first = await over(session.start("ask", undefined, "What does it do?"));
    const second = await over(session.followUp(first, "Wy?"));
    const third = await over(session.rephrase(second, "Why?"));
    const [, , rephrased = []] = sent();
    expect(rephrased).toHaveLength(3);
    expect(JSON.stringify(rephrased)).not.toContain("Wy?");
    expect(history.stateOf(third).started?.follows).toBe(first);
    expect(history.stateOf(second).question).toBe("Wy?");
  });

  it("on a run that is gone, or that never got an answer, is a question of its own", async () => {
    const { session, over, sent } = await talk([{ answer: "" }, { answer: "It subtracts." }]);
    const first = await over(session.start("ask", undefined, "What?"));
    await over(session.followUp(first, "Why?"));
    await over(session.followUp("nobody", "How?"));
    const lengths = sent().map((messages) => messages.length);
    expect(lengths.slice(-2)).toEqual([1, 1]);
    expect(sent().at(-1)?.[0]?.content).toContain("return a - b");
  });
});
