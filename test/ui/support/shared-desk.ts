import { it as base, expect } from "vitest";
import { bits } from "./bits";
import { type Desk, takeDesk } from "./desk";
import { openFile, runCommand } from "./hands";
import { type LiveAnswer, type LiveDaemon, startLiveDaemon } from "./live-daemon";
import { type Panel, panelOf } from "./panel";

interface SharedDesk {
  daemon: LiveDaemon;
  readonly desk: Desk;
  readonly panel: Panel;
}

/** What the test that runs has before it. The daemon is another one once a test took it away. */
export let daemon: LiveDaemon;
export let desk: Desk;
export let panel: Panel;
let current: SharedDesk;

/**
 * The tests of all files that want the same settings work at one desk, since taking one costs as
 * much as four tests. What does not leave it as it was comes last: see vitest.ui.config.ts.
 */
export const it = base
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads from the pattern what a fixture needs, and this one needs nothing.
  .extend("shared", { scope: "worker" }, async ({}, { onCleanup }): Promise<SharedDesk> => {
    const daemon = await startLiveDaemon();
    const desk = await takeDesk({
      settings: {
        "thinkaloud.engine": "ollama",
        "thinkaloud.endpoint": daemon.endpoint,
        // Some of the thoughts here are long by being alike.
        "thinkaloud.loopGuard": "off",
      },
    });
    const shared = { daemon, desk, panel: panelOf(desk.page) };
    onCleanup(async () => {
      await desk.leave();
      await shared.daemon.close();
    });
    return shared;
  })
  .extend("tidy", { auto: true }, async ({ shared, task, onTestFailed }) => {
    current = shared;
    ({ daemon, desk, panel } = shared);
    await desk.tidy({ task, onTestFailed });
  });

/** Has another daemon answer at a port, in the place of one that is gone. */
export async function startAnotherDaemon(port: number): Promise<void> {
  current.daemon = daemon = await startLiveDaemon(port);
}

/** Waits until a file holds this. */
export async function becomes(file: string, text: string): Promise<void> {
  await expect.poll(() => desk.read(file), { timeout: 10_000 }).toBe(text);
}

/** Asks, about the bug of a fresh file, for what a command does. The model has begun its turn. */
export async function ask(
  command: string,
): Promise<{ readonly file: string; readonly answer: LiveAnswer }> {
  const file = desk.freshFile(bits.name);
  await openFile(desk.page, file, bits.line, bits.column);
  const answer = daemon.nextAnswer();
  await runCommand(desk.page, command);
  await answer.begun;
  return { file, answer };
}
