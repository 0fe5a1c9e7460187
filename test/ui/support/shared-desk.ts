import { test as base } from "vitest";
import { type Desk, takeDesk } from "./desk";
import { type LiveDaemon, startLiveDaemon } from "./live-daemon";
import { type Panel, panelOf } from "./panel";

export interface SharedDesk {
  readonly daemon: LiveDaemon;
  readonly desk: Desk;
  readonly panel: Panel;
}

/**
 * The tests of files that leave desk and daemon as they found them: all of these files work at one
 * desk, since taking one costs as much as three tests. A file that locks the daemon, reloads the
 * window or wants other settings takes a desk of its own.
 */
export const test = base
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
    onCleanup(async () => {
      await desk.leave();
      await daemon.close();
    });
    return { daemon, desk, panel: panelOf(desk.page) };
  })
  .extend("tidy", { auto: true }, ({ shared, task, onTestFailed }) =>
    shared.desk.tidy({ task, onTestFailed }),
  );
