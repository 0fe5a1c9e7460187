import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type FakeDaemon, startFakeDaemon } from "../support/fake-daemon";
import { useCli } from "./spawned-cli";

/** A file with a mistake in it, and what it should say instead. */
const samples: Readonly<Record<string, readonly [code: string, wrong: string, right: string]>> = {
  "a.py": ["def twice(n):\n    return n + 2\n", "+ 2", "* 2"],
  "a.mts": ["export function twice(n: number): number {\n  return n + 2;\n}\n", "+ 2", "* 2"],
};

const cli = useCli();
let daemon: FakeDaemon;
let answer = "";
beforeAll(async () => {
  daemon = await startFakeDaemon({
    models: [{ name: "coder:1b" }],
    chat: () => ({ answer: `\`\`\`\n${answer}\`\`\`\n` }),
  });
});
afterAll(async () => {
  await daemon?.close();
});

async function fixed(name: string): Promise<{ readonly told: string; readonly text: string }> {
  const [code, wrong, right] = samples[name] ?? ["", "", ""];
  answer = code.replace(wrong, right);
  cli.write(name, code);
  const run = cli.start([name, "--write", "--endpoint", daemon.endpoint]);
  expect(await run.ended, run.stderr()).toBe(0);
  return { told: run.stderr(), text: cli.read(name) };
}

it.each(Object.keys(samples))("the program as it ships knows the syntax of %s", async (name) => {
  const { told, text } = await fixed(name);
  expect(told).toContain(`${name}: `);
  expect(told).toContain("syntax clean");
  expect(text).toBe(answer);
});

it("says that a grammar cannot be loaded, and makes the edit without it", async () => {
  rmSync(cli.beside("grammars/python.wasm.br"));
  const { told, text } = await fixed("a.py");
  expect(told).toContain("The python grammar could not be loaded");
  expect(told).toContain("so the model sees the lines around the place only");
  expect(told).toContain("syntax unknown");
  expect(text).toBe(answer);
});
