import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import type { SecretStorage } from "vscode";
import { silentLog } from "../../src/core/log";
import { EarlierRuns } from "../../src/editor/history/earlier-runs";
import { Credentials } from "../../src/editor/model/credentials";
import type { Panel } from "../../src/editor/panel/panel";
import { keepUpWithOtherWindows } from "../../src/editor/runs/other-windows";
import type { FoundRun } from "../../src/protocol/history";
import type { RunEvent } from "../../src/protocol/run-events";
import type { HistoryArchive } from "../../src/session/history/history-archive";
import type { HistoryListener, RunHistory } from "../../src/session/history/run-history";
import type { Session } from "../../src/session/session";

/** Gets whatever the code listens to, and hands it what happens. */
const quickPick = vi.hoisted(() => {
  const listeners = new Map<string, (event: unknown) => void>();
  const pick = new Proxy(
    {
      ...{ selectedItems: [], show: () => {}, dispose: () => {} },
      items: [] as { readonly buttons: readonly unknown[] }[],
    },
    {
      get: (target, name: string) =>
        name.startsWith("on")
          ? (listener: (event: unknown) => void) => void listeners.set(name, listener)
          : Reflect.get(target, name),
    },
  );
  return { pick, listeners };
});

/** What boxes asked for; nobody answered. */
const prompts = vi.hoisted((): string[] => []);

vi.mock("vscode", () => {
  class Disposable {
    constructor(readonly dispose: () => void) {}
    static from(...all: readonly Disposable[]): Disposable {
      return new Disposable(() => {
        for (const each of all) each.dispose();
      });
    }
  }
  const window = {
    onDidChangeWindowState: () => new Disposable(() => {}),
    createQuickPick: () => quickPick.pick,
    showWarningMessage: async (_question: string, _options: object, yes: string) => yes,
    showInputBox: async ({ prompt }: { prompt: string }) => void prompts.push(prompt),
  };
  return { Disposable, ThemeIcon: class {}, window };
});

it("what changes while a window takes long to look what others did is looked at behind it, and what comes later too", async () => {
  vi.useFakeTimers();
  const looks: (() => void)[] = [];
  let heard: HistoryListener = () => {};
  const history = {
    catchUp: () => new Promise<void>((resolve) => looks.push(resolve)),
    subscribe: (listener: HistoryListener) => {
      heard = listener;
      return () => {};
    },
    goesOnElsewhere: false,
  } as Partial<RunHistory> as RunHistory;
  const session = { assistant: {}, hearOtherWindows: async () => {} } as unknown as Session;
  const kept = keepUpWithOtherWindows(
    {
      ...{ session, history, loaded: Promise.resolve() },
      runsFolder: join(tmpdir(), "no-folder-can-have-this-name\0"),
    },
    (work) =>
      async (...args) =>
        await work(...args),
  );
  const changed = async (): Promise<void> => {
    heard("r", 0, { kind: "started" } as RunEvent, true);
    await vi.advanceTimersByTimeAsync(600);
  };
  await vi.advanceTimersByTimeAsync(0);
  expect(looks).toHaveLength(1);
  await changed();
  expect(looks).toHaveLength(1);
  looks[0]?.();
  await vi.advanceTimersByTimeAsync(600);
  expect(looks).toHaveLength(2);
  looks[1]?.();
  await changed();
  expect(looks).toHaveLength(3);
  kept.dispose();
  vi.useRealTimers();
});

it("a secret store that is locked for a moment is asked again", async () => {
  const answers: (() => Promise<string>)[] = [
    async () => Promise.reject(new Error("the keyring is locked")),
    async () => "Bearer key",
  ];
  const secrets = { get: () => answers.shift()?.(), onDidChange: () => ({ dispose: () => {} }) };
  const credentials = new Credentials(secrets as unknown as SecretStorage, silentLog, () => {});
  expect(await credentials.of("http://h:8000/v1")).toBeUndefined();
  expect(await credentials.of("http://h:8000/v1")).toBe("Bearer key");
  expect(await credentials.of("http://h:8000/v1")).toBe("Bearer key");
});

it("who entered the wrong key hears so where they are asked again", async () => {
  const secrets = { onDidChange: () => ({ dispose: () => {} }) };
  const credentials = new Credentials(secrets as unknown as SecretStorage, silentLog, () => {});
  for (const refused of [false, true]) await credentials.enter("http://h:8000/v1", refused);
  expect(prompts[0]).toMatch(/^User name/);
  expect(prompts[1]).toMatch(/^http:\/\/h:8000\/v1 answers other ones only\. User name/);
});

it("what fails behind a button of the history's search reaches whoever opened it", async () => {
  const known = { runId: "r", at: 1, action: "fix", path: "a.py", subject: "", pinned: false };
  const run = known as Partial<FoundRun> as FoundRun;
  const archive = {
    search: async (query: string) => ({ query, runs: [run], total: 1 }),
    delete: async () => Promise.reject(new Error("the disk says no")),
    pin: async () => Promise.reject(new Error("the disk says no")),
  } as Partial<HistoryArchive> as HistoryArchive;
  const runs = new EarlierRuns(archive, {} as Panel, () => {});
  for (const index of [0, 2]) {
    // Each time the list is another one.
    quickPick.pick.items = [];
    const picking = runs.pick();
    await vi.waitFor(() => expect(quickPick.pick.items).toHaveLength(1));
    const [item] = quickPick.pick.items;
    const button = item?.buttons[index];
    quickPick.listeners.get("onDidTriggerItemButton")?.({ item, button });
    await expect(picking, String(index)).rejects.toThrow("the disk says no");
  }
});
