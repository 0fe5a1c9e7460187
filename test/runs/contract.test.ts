import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../src/protocol/run-events";
import {
  contractAsCurl,
  contractAsJson,
  contractAsMarkdown,
  contractAsText,
  contractOf,
} from "../../src/runs/contract";
import { foldEvent } from "../../src/runs/fold/fold-event";
import { blankRun } from "../../src/runs/run-state";

const first = "You are careful.";
const code = "It's `x\u200B = 1`";
const prompt = `${first}\n\n${code}`;
const events: readonly RunEvent[] = [
  {
    kind: "model",
    model: "coder",
    endpoint: "http://127.0.0.1:11434",
    local: true,
    contextTokens: 4096,
  },
  {
    kind: "sent",
    tokens: 40,
    contextTokens: 4096,
    pieces: [
      { label: "instructions", tokens: 5, from: 0, to: first.length },
      {
        label: "function x",
        path: "x.py",
        reason: "It is called.",
        tokens: 6,
        from: first.length + 2,
        to: prompt.length,
      },
    ],
    leftOut: ["imports"],
    dropped: [{ id: "a", title: "class Big", path: "big.py", why: "room", tokens: 900 }],
    hiddenSecrets: 1,
    settings: { api: "ollama", think: true, keepAlive: "5m", temperature: 0 },
    prompt,
  },
];
const contract = contractOf(events.reduce(foldEvent, blankRun("run-1")));
if (contract === undefined) throw new Error("no contract");

describe("what was sent, for the person", () => {
  it("is a page with every piece, its reason and tokens, what was left out and why, the settings and the server", () => {
    const page = contractAsMarkdown(contract);
    expect(page).toContain("Model: coder at http://127.0.0.1:11434");
    expect(page).toContain("40 of 4,096 tokens");
    expect(page).toContain("- function x (x.py), 6 tokens: It is called.");
    expect(page).toContain("- class Big (big.py), 900 tokens: no room");
    expect(page).toContain("- imports: no room");
    expect(page).toContain("`temperature: 0`");
    expect(page).toContain("One secret is hidden.");
    expect(page).toContain("```text\nYou are careful.\n```");
  });

  it("writes what cannot be seen by its number and says how much of it there is", () => {
    const page = contractAsMarkdown(contract);
    expect(page).toContain("x\\u{200B} = 1");
    expect(page).toContain("written here by their numbers: 1");
  });

  it("is text, JSON and a command of exactly these bytes", () => {
    expect(contractAsText(contract)).toBe(`[user]\n${prompt}`);
    expect(JSON.parse(contractAsJson(contract)).messages).toEqual([
      { role: "user", content: prompt },
    ]);
    const command = contractAsCurl(contract);
    expect(command).toMatch(/^curl 'http:\/\/127\.0\.0\.1:11434\/api\/chat'/);
    // As a shell reads it.
    const body = /-d '([\s\S]*)'\n$/.exec(command)?.[1]?.replaceAll("'\\''", "'") ?? "";
    expect(JSON.parse(body)).toMatchObject({
      model: "coder",
      think: true,
      keep_alive: "5m",
      messages: [{ role: "user", content: prompt }],
      options: { num_ctx: 4096, temperature: 0 },
    });
  });

  it("is not there for a run that sent nothing", () => {
    expect(contractOf(blankRun("run-2"))).toBeUndefined();
  });
});
