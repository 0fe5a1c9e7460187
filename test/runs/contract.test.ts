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
import { parseRunLines, runLine } from "../../src/runs/run-lines";
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
    settings: {
      think: true,
      keepAlive: "5m",
      temperature: 0,
      wire: {
        path: "/chat",
        fields: { model: "coder", stream: true, think: "high", options: { num_ctx: 4096 } },
        first: [{ role: "system", content: "/no_think" }],
        behind: "\n\nBriefly.",
        last: [{ role: "assistant", content: "", reasoning_content: "It is", prefix: true }],
      },
    },
    prompt,
  },
];
const told = [
  { role: "system", content: "/no_think" },
  { role: "user", content: `${prompt}\n\nBriefly.` },
  { role: "assistant", content: "", reasoning_content: "It is", prefix: true },
];
const contract = contractOf(events.reduce(foldEvent, blankRun("run-1")));
if (contract === undefined) throw new Error("no contract");

/** What a shell makes of the command. */
function commandIn(command: string): { readonly url: string; readonly body: unknown } {
  const [, url = "", json = ""] = /^curl '([^']*)' .* -d '([\s\S]*)'\n$/.exec(command) ?? [];
  const [, piped = json, to = url] =
    /^printf '%s' '([\s\S]*)' \| curl '([^']*)' [^']*'[^']*' --data-binary @-\n$/.exec(command) ??
    [];
  return { url: to, body: JSON.parse(piped.replaceAll("'\\''", "'")) };
}

describe("what was sent, for the person", () => {
  it("is a page with every piece, its reason and tokens, what was left out and why, the settings and the server", () => {
    const page = contractAsMarkdown(contract);
    expect(page).toContain("Model: coder at http://127.0.0.1:11434");
    expect(page).toContain("40 of 4,096 tokens");
    expect(page).toContain("- function x (x.py), 6 tokens: It is called.");
    expect(page).toContain("- class Big (big.py), 900 tokens: no room");
    expect(page).toContain("- imports: no room");
    expect(page).toContain('`think: high`, `options: {"num_ctx":4096}`');
    expect(page).not.toContain("stream");
    expect(page).toContain("One secret is hidden.");
    expect(page).toContain("```text\nYou are careful.\n```");
  });

  it("writes what cannot be seen by its number and says how much of it there is", () => {
    const page = contractAsMarkdown(contract);
    expect(page).toContain("x\\u{200B} = 1");
    expect(page).toContain("written here by their numbers: 1");
  });

  it("shows what goes along beside the pieces where it stands", () => {
    const page = contractAsMarkdown(contract);
    const places = ["/no_think", "You are careful.\n```", "Briefly.", "reasoning_content: It is"];
    const found = places.map((text) => page.indexOf(text));
    expect(found).not.toContain(-1);
    expect(found.toSorted((a, b) => a - b)).toEqual(found);
  });

  it("is text, JSON and a command of exactly these bytes", () => {
    expect(contractAsText(contract)).toContain(`[user]\n${prompt}\n\nBriefly.`);
    expect(contractAsText(contract)).toContain("reasoning_content: It is");
    expect(JSON.parse(contractAsJson(contract)).messages).toEqual(told);
    const { url, body } = commandIn(contractAsCurl(contract));
    expect(url).toBe("http://127.0.0.1:11434/chat");
    expect(body).toEqual({
      ...{ model: "coder", stream: true, think: "high", options: { num_ctx: 4096 } },
      messages: told,
    });
  });

  it("is all of the run's requests, the later ones too", () => {
    const from = first.length;
    const asked = [
      { from, text: "\n\nLook again." },
      { from: 0, text: "a = 1\n", lines: true },
    ] as const;
    const later = asked.map((each): RunEvent => {
      return { kind: "attempt", at: 1, number: 2, reason: "", asked: each };
    });
    const all = contractOf([...events, ...later].reduce(foldEvent, blankRun("run-1")));
    if (all === undefined) throw new Error("no contract");
    const page = contractAsMarkdown(all);
    expect(page).toContain("### Asked again\n\n````text\nYou are careful.\n\nLook again.\n````");
    expect(page).toMatch(/For each line of this code.*\n\n`+text\na = 1\n/);
    expect(contractAsText(all)).toContain("[user]\nYou are careful.\n\nLook again.");
    expect(JSON.parse(contractAsJson(all)).others).toHaveLength(2);
  });

  it("is a command that can be run however much is sent", () => {
    for (const content of ["it's ".repeat(40_000), "ü".repeat(60_000)]) {
      const long = { ...contract, messages: [{ role: "user" as const, content }] };
      const command = contractAsCurl(long);
      expect(commandIn(command)).toMatchObject({
        url: "http://127.0.0.1:11434/chat",
        body: { messages: long.messages },
      });
      // Only the shell itself has no limit for what it is given.
      expect(command).toMatch(/^printf /);
    }
  });

  it.each([
    [{ api: "ollama" }, "/api/chat"],
    [{}, "/api/chat"],
    [{ api: "openai" }, "/chat/completions"],
  ])("is made of what a log of 0.1 tells, by the protocol it names: %j", (named, path) => {
    const sampling = { temperature: 0, topP: 0.9 };
    const settings = { ...named, think: true, keepAlive: "5m", ...sampling };
    const old = events.map((event) => (event.kind === "sent" ? { ...event, settings } : event));
    const lines = old.map(runLine).join("\n");
    const read = contractOf(parseRunLines(lines).reduce(foldEvent, blankRun("run-1")));
    if (read === undefined) throw new Error("no contract");
    const { url, body } = commandIn(contractAsCurl(read));
    expect(url).toBe(`http://127.0.0.1:11434${path}`);
    expect(body).toMatchObject({ model: "coder", messages: [{ role: "user", content: prompt }] });
    expect(body).toMatchObject(
      path === "/api/chat"
        ? { think: true, keep_alive: "5m", options: { num_ctx: 4096, temperature: 0, top_p: 0.9 } }
        : { temperature: 0, top_p: 0.9 },
    );
    expect(contractAsMarkdown(read)).toContain(path === "/api/chat" ? "num_ctx" : "temperature: 0");
  });

  it("is not there for a run that sent nothing", () => {
    expect(contractOf(blankRun("run-2"))).toBeUndefined();
  });
});
