import { describe, expect, it } from "vitest";
import { replayMessages } from "../../../src/session/panel/replay-messages";
import { fixRun } from "../../support/panel-runs";

const runs = Array.from({ length: 45 }, (_, number) => {
  const runId = `run-${number}`;
  return { runId, events: fixRun(runId, number) };
});

describe("all runs on their way to the panel", () => {
  it("come in messages of a few each, in order, and only the last one says that nothing follows", () => {
    const messages = replayMessages(runs);
    expect(messages.map((message) => message.kind === "replay" && message.more)).toEqual([
      ...[true, true, undefined],
    ]);
    const brought = messages.flatMap((message) => (message.kind === "replay" ? message.runs : []));
    expect(brought).toEqual(runs.map(({ runId, events }) => ({ runId, seq: 0, events })));
  });

  it("are one message where there are none, as what was shown has to go", () => {
    expect(replayMessages([])).toEqual([{ kind: "replay", runs: [] }]);
  });
});
