import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { expect, it, onTestFinished } from "vitest";
import { InstallingSteps } from "../../scripts/setup/installing-steps.mjs";
import { speakOn } from "../../scripts/setup/step.mjs";
import type { Setup } from "../../src/protocol/setup";

it("the set-up ticks off what was fetched, each before the next begins, and crosses what was not", async () => {
  const spoken = new PassThrough({ encoding: "utf8" });
  speakOn(spoken);
  onTestFinished(() => speakOn(process.stdout));
  const told: readonly Setup[] = [
    { kind: "installing", what: "Installing the engine" },
    { kind: "installing", what: "Fetching one" },
    { kind: "failed", title: "one could not be downloaded", remedy: "" },
    { kind: "installing", what: "Fetching another", done: 1, total: 2 },
    { kind: "looking", endpoint: "the built-in engine" },
  ];
  const steps = new InstallingSteps();
  for (const setup of told) await steps.show(setup);
  await steps.end(true);
  const lines = stripVTControlCharacters(String(spoken.read())).trimEnd().split("\n");
  expect(lines.map((line) => line.replace(/ \(\d+ s\)$/, ""))).toEqual([
    "▸ Installing the engine …",
    "✓ Installing the engine",
    "▸ Fetching one …",
    "✗ Fetching one",
    "▸ Fetching another …",
    "✓ Fetching another",
  ]);
});
