import { describe, expect, it } from "vitest";
import { askedOpenAi } from "../support/asked-model";
import {
  delta,
  events,
  type FakeOpenAiServer,
  json,
  type OpenAiScript,
  stop,
} from "../support/fake-openai-server";
import type { Reply } from "../support/fake-wire";
import { useCli } from "./spawned-cli";

const buggy = "def double(n):\n    return n + 2\n";
const right = "def double(n):\n    return n * 2\n";
const diff = [
  "--- a/double.py",
  "+++ b/double.py",
  "@@ -1,2 +1,2 @@",
  " def double(n):",
  "-    return n + 2",
  "+    return n * 2",
  "",
].join("\n");

const cli = useCli();

let server: FakeOpenAiServer;

async function withServer(script: OpenAiScript = {}): Promise<string> {
  const asked = await askedOpenAi({
    models: ["qwen3-8b"],
    chat: () =>
      events(
        delta({ reasoning_content: "The plus is wrong." }),
        delta({ content: `Here it is:\n\n\`\`\`python\n${right}\`\`\`\n` }),
        stop(),
      ),
    ...script,
  });
  server = asked.server;
  return server.endpoint;
}

describe("npm run fix with a server of OpenAI's API", () => {
  it("finds out by itself what answers at the address, and prints the diff", async () => {
    cli.write("double.py", buggy);
    const run = cli.start(["double.py:2", "--endpoint", await withServer()]);
    expect(await run.ended).toBe(0);
    expect(run.stdout()).toBe(diff);
    expect(run.stderr()).toContain("The plus is wrong.");
    expect(run.stderr()).toContain(`qwen3-8b at ${server.endpoint}`);
  });

  it("gives it the key of the environment, and calls it by its host when the key is wrong", async () => {
    cli.write("double.py", buggy);
    const endpoint = await withServer({
      reply: ({ headers }) =>
        headers.authorization === "Bearer sk-1" ? undefined : json({ error: "no" }, 401),
    });
    const right = cli.start(["double.py", "--endpoint", endpoint], { THINKALOUD_API_KEY: "sk-1" });
    expect(await right.ended).toBe(0);
    const wrong = cli.start(["double.py", "--endpoint", endpoint], { THINKALOUD_API_KEY: "sk-2" });
    expect(await wrong.ended).toBe(2);
    expect(wrong.stderr()).toContain("The key is not the right one");
    expect(wrong.stderr()).not.toContain("sk-2");
  });

  it("waits until the server has loaded its model, and asks it then", async () => {
    cli.write("double.py", buggy);
    const loadsUntil = Date.now() + 4_000;
    const error = { message: "Loading model", type: "unavailable_error", code: 503 };
    const endpoint = await withServer({
      reply: () => (Date.now() < loadsUntil ? json({ error }, 503) : undefined),
    });
    const run = cli.start(["double.py:2", "--endpoint", endpoint]);
    expect(await run.ended).toBe(0);
    expect(run.stdout()).toBe(diff);
  });

  it.each([
    [
      "a program that answers every path with an error is no model that broke off",
      () => json({ error: "Unexpected endpoint or method. (GET /v1/models)" }),
      "is not a server of models",
      "Unexpected endpoint or method",
    ],
    [
      "one that asks for a user name and a password is told as one",
      (): Reply => ({
        status: 401,
        headers: { "content-type": "text/html", "www-authenticate": 'Basic realm="box"' },
        steps: ["<html>401</html>"],
      }),
      "wants a user name and a password",
      "http://USER:PASSWORD@HOST",
    ],
  ])("%s", async (_what, reply, title, remedy) => {
    cli.write("double.py", buggy);
    const run = cli.start(["double.py", "--endpoint", await withServer({ reply })]);
    expect(await run.ended).toBe(2);
    expect(run.stderr()).toContain(title);
    expect(run.stderr()).toContain(remedy);
  });
});
