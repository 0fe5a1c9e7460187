import assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  delta,
  events,
  type FakeOpenAiServer,
  startFakeOpenAiServer,
  stop,
} from "../support/fake-openai-server";
import { inSession, session } from "./session";

describe("a server beside Ollama", () => {
  let server: FakeOpenAiServer;
  inSession(async () => {
    for (const key of ["endpoints", "model", "policy"]) await session.set(key, undefined);
    await session.set("endpoint", session.daemon.endpoint);
    await server.close();
  });
  beforeEach(async () => {
    server = await startFakeOpenAiServer({
      models: ["team-coder"],
      chat: () =>
        events(delta({ reasoning: "Two names." }), delta({ content: "It adds." }), stop()),
    });
    await session.set("endpoints", [{ name: "team", address: server.endpoint, kind: "openai" }]);
  });

  async function explain() {
    await session.show(session.write("team.py", "def add(a, b):\n    return a + b\n"));
    return session.run("thinkaloud.explain");
  }

  it("answers a run once its name is the endpoint, and the run says how far it went", async () => {
    await session.set("endpoint", "team");
    const told = await explain();
    assert.deepEqual(
      told.find(({ kind }) => kind === "model"),
      {
        kind: "model",
        model: "team-coder",
        endpoint: server.endpoint,
        local: true,
        locality: "thisMachine",
        contextTokens: 8192,
      },
    );
    assert.ok(told.some((event) => event.kind === "thought" && event.text === "Two names."));
    assert.ok(told.some((event) => event.kind === "answer" && event.text === "It adds."));
    assert.equal(session.daemon.chats().length, 0);
  });

  it("is listed with its models, and picking one asks it from then on", async () => {
    const picked = vscode.commands.executeCommand("thinkaloud.chooseModel");
    const configuration = () => vscode.workspace.getConfiguration("thinkaloud");
    await session.goTo("team-coder");
    await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
    await picked;
    assert.equal(configuration().get("endpoint"), "team");
    assert.equal(configuration().get("model"), "team-coder");
    const told = await explain();
    assert.ok(told.some((event) => event.kind === "model" && event.model === "team-coder"));
  });

  it("is not asked where the machine's policy does not allow it, and the person is told why", async () => {
    await session.set("endpoints", [
      { name: "team", address: "http://192.0.2.1:8000/v1", kind: "openai" },
    ]);
    await session.set("policy", { reach: "loopback" });
    await session.set("endpoint", "team");
    const end = (await explain()).at(-1);
    assert.ok(end?.kind === "failed");
    assert.match(end.report.title, /rules of this machine do not allow http:\/\/192\.0\.2\.1/);
    assert.equal(server.requests.length, 0);
  });
});
