import { type FSWatcher, mkdirSync, watch } from "node:fs";
import { Disposable, window } from "vscode";
import type { Guard } from "../failures/guard";
import type { Parts } from "../parts";

/**
 * A run of another window is shown with this delay at most, and a wish for one of this window waits
 * so long.
 */
const lookMs = 500;

/**
 * Keeps up with other windows on the same folder: shows what their runs write, and carries out what
 * they wish of this window's run. Looks when the folder of the runs changes and when the person
 * comes back to this window; while a run goes on, regularly, since not every file system tells of
 * changes.
 */
export function keepUpWithOtherWindows(
  {
    session,
    history,
    runsFolder,
    loaded,
  }: Pick<Parts, "session" | "history" | "runsFolder" | "loaded">,
  guard: Guard,
): Disposable {
  let timer: NodeJS.Timeout | undefined;
  let looking = false;
  let ended = false;

  const lookSoon = (): void => {
    if (!ended) timer ??= setTimeout(() => void look(), lookMs);
  };
  const look = guard(async () => {
    clearTimeout(timer);
    timer = undefined;
    if (ended) return;
    // What has changed since this look began is for the next.
    if (looking) return lookSoon();
    looking = true;
    try {
      await history.catchUp();
      await session.hearOtherWindows();
    } finally {
      looking = false;
      if (session.assistant.current !== undefined || history.goesOnElsewhere) lookSoon();
    }
  });
  let watcher: FSWatcher | undefined;
  const begin = guard(async () => {
    await loaded;
    watcher = ended ? undefined : watched(runsFolder, lookSoon);
    await look();
  });
  void begin();
  const unsubscribe = history.subscribe((_runId, _seq, event, mine) => {
    if (mine && event.kind === "started") lookSoon();
  });
  return Disposable.from(
    window.onDidChangeWindowState(({ focused }) => {
      if (focused) void look();
    }),
    new Disposable(() => {
      ended = true;
      clearTimeout(timer);
      watcher?.close();
      unsubscribe();
    }),
  );
}

/** Undefined where the system cannot watch; then the person's coming back has to do. */
function watched(folder: string, changed: () => void): FSWatcher | undefined {
  try {
    mkdirSync(folder, { recursive: true });
    return watch(folder, { persistent: false }, changed).on("error", () => {});
  } catch {
    return undefined;
  }
}
