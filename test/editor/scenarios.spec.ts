import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { RunEvent } from "../../src/protocol/run-events";
import { type Api, apis, apiWires } from "../support/api-wires";
import { answerTo, type Scenario, type Seen, scenarios, seenOf } from "../support/scenarios";
import { Session } from "./session";

/** What only a client that is asked by hand meets: a request of another model or another size. */
const byHand = /^(?:36|44|45) /;

/**
 * What a run makes of an answer that a client gives as it is: a thought that used up the window is
 * answered by another request, and an answer without a word is none.
 */
const ofRuns: Readonly<Record<string, Partial<Seen>>> = {
  "15 the length runs out while the model thinks": { end: "length", thought: "tt" },
  "37 nothing but the call of a tool": { title: "The model answered with nothing" },
};

/**
 * The other API is asked where the words are its own; that both read alike is tested without an
 * editor.
 */
const asked = apis.flatMap((api) =>
  scenarios
    .filter(({ name, seen }) => !byHand.test(name) && (api === "ollama" || api in seen))
    // It waits for six seconds before it gives up, as the other does.
    .filter(({ name }) => api === "ollama" || name !== "24 no room, and none later")
    .map((scenario) => ({ api, scenario })),
);

describe("what the person sees in the editor", () => {
  let session: Session;
  let uri: vscode.Uri;
  before(async () => {
    session = await Session.start();
    uri = session.write("seen.py", "def add(a, b):\n    return a + b\n");
    await session.show(uri);
  });
  after(async () => {
    await session.set("endpoint", session.daemon.endpoint);
    await session.set("endpoints", undefined);
    await session.end();
  });

  for (const { api, scenario } of asked)
    it(`of ${api}: ${scenario.name}`, async () => {
      const events = await explained(scenario, api);
      const wanted = { ...seenOf(scenario, api), ...ofRuns[scenario.name] };
      const ends = events.filter(({ kind }) => kind === "finished" || kind === "failed");
      assert.equal(ends.length, 1, "a run ends once");
      const [end] = ends;
      // Ollama lists a name with its tag.
      const title = end?.kind === "failed" ? end.report.title.replace("m:latest", "m") : undefined;
      assert.equal(title, wanted.title);
      if (end?.kind === "failed") assert.match(end.report.remedy, /\w/);
      const { thought, answer, notices } = readBy(events);
      assert.deepEqual([thought, answer], [wanted.thought ?? "", wanted.answer ?? ""]);
      if (wanted.notice !== undefined) assert.ok(notices.includes(wanted.notice), notices);
      assert.equal(vscode.window.activeTextEditor?.document.isDirty, false);
    });

  async function explained(scenario: Scenario, api: Api): Promise<readonly RunEvent[]> {
    const wire = apiWires[api];
    const server = await wire.start((before) => answerTo(scenario, wire, before));
    try {
      const team = { name: "team", address: server.endpoint, kind: api };
      if (api !== "ollama") await session.set("endpoints", [team]);
      await session.set("endpoint", api === "ollama" ? server.endpoint : "team");
      return await session.run("thinkaloud.explain");
    } finally {
      await server.close();
    }
  }
});

/** What is written in the panel when a run is over. */
function readBy(events: readonly RunEvent[]): { thought: string; answer: string; notices: string } {
  const read = { thought: "", answer: "", notices: "" };
  for (const event of events) {
    if (event.kind === "thought") read.thought += event.text;
    else if (event.kind === "answer") read.answer += event.text;
    else if (event.kind === "notice") read.notices += `${event.text}\n`;
    else if (event.kind === "answerWasThought") {
      read.thought += read.answer;
      read.answer = "";
    }
  }
  return read;
}
