import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Failure } from "../../../src/protocol/failure";
import type { RunEvent } from "../../../src/protocol/run-events";
import { proposalsIn } from "../../../src/runs/run-lists";
import { adoptRuns } from "../../../src/session/history/adopt-runs";
import { HistoryFolder } from "../../../src/session/history/history-folder";
import { RunHistory } from "../../../src/session/history/run-history";
import { linesOf } from "../../support/event-lines";
import { folderForTest } from "../../support/folder-for-test";

const place = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const thought = (text: string): RunEvent => ({ kind: "thought", text });
const finished: RunEvent = { kind: "finished", at: 9, outcome: "answered", metrics: {} };
const proposal = (id: string): RunEvent => ({ kind: "proposal", proposal: { id, files: [] } });

function started(runId: string, at = 1): RunEvent {
  const about = { uri: "file:///a.py", path: "a.py", range: place, subject: "" };
  return { kind: "started", at, runId, action: "fix", ...about };
}

let folder: string;
let failures: Failure[];
beforeEach(() => {
  folder = join(folderForTest("thinkaloud-history-"), "runs");
  failures = [];
});

function window(): RunHistory {
  return new RunHistory(new HistoryFolder(folder, (failure) => failures.push(failure)));
}

/** A window in which this came of the run `r`, all of it written down. */
async function windowWith(...events: readonly RunEvent[]): Promise<RunHistory> {
  const history = window();
  for (const event of events) history.add("r", event);
  await history.flush();
  return history;
}

async function reloaded(): Promise<RunHistory> {
  const history = window();
  await history.load();
  return history;
}

function onlyFile(): string {
  const [name] = readdirSync(folder);
  if (name === undefined) throw new Error("nothing was written");
  return join(folder, name);
}

describe("the history of runs", () => {
  it("is on disk as soon as it happens, so that a killed window loses nothing", async () => {
    const told = Array.from({ length: 200 }, (_, at) => `${at} `);
    await windowWith(started("r"), ...told.map(thought));
    expect(readFileSync(onlyFile(), "utf8").trim().split("\n")).toHaveLength(201);
    const again = await reloaded();
    const text = again
      .eventsOf("r")
      .flatMap((event) => (event.kind === "thought" ? event.text : []));
    expect(text.join("")).toBe(told.join(""));
  });

  it("keeps a run that begins and ends while it looks for what others did", async () => {
    const other = window();
    for (let at = 0; at < 15; at++) {
      other.add(`other${at}`, started(`other${at}`, at));
      other.add(`other${at}`, finished);
    }
    await other.flush();
    const history = await reloaded();
    const names = readdirSync(folder);
    const looking = history.catchUp();
    // What is there has grown since, so that looking takes a while.
    for (const name of names)
      appendFileSync(join(folder, name), `${JSON.stringify(thought("x".repeat(100_000)))}\n`);
    history.add("short", started("short", 99));
    history.add("short", finished);
    await history.flush();
    await looking;
    expect(history.eventsOf("short")).toHaveLength(2);
  });

  it("ends a run that its window did not live to end, once, and says so", async () => {
    await windowWith(started("r"), thought("half a thou"));
    const again = await reloaded();
    await again.flush();
    const last = again.eventsOf("r").at(-1);
    expect(last).toMatchObject({ kind: "finished", outcome: "stopped" });
    expect(last?.kind === "finished" && last.detail).toContain(
      "closed or reloaded before the run was over",
    );
    const ends = (await reloaded()).eventsOf("r").filter((event) => event.kind === "finished");
    expect(ends).toHaveLength(1);
  });

  it("survives a last line that a crash cut in two, and goes on behind it", async () => {
    await windowWith(started("r"), thought("whole"));
    appendFileSync(onlyFile(), '{"kind":"thought","te');
    const again = await reloaded();
    again.add("r", thought("later"));
    await again.flush();
    const lines = readFileSync(onlyFile(), "utf8").trimEnd().split("\n");
    expect(() => lines.map((line) => JSON.parse(line))).not.toThrow();
    expect(readFileSync(onlyFile(), "utf8")).toContain("whole");
    expect(readFileSync(onlyFile(), "utf8")).toContain("later");
  });

  it("offers a proposal that was undecided again, and no other", async () => {
    await windowWith(...[started("r"), proposal("open"), proposal("taken"), finished], {
      kind: "proposalState",
      at: 2,
      proposalId: "taken",
      state: "accepted",
    });
    expect(
      proposalsIn((await reloaded()).states).map(({ proposal: { id }, state }) => [id, state]),
    ).toEqual([
      ["open", "open"],
      ["taken", "accepted"],
    ]);
  });

  it("comes back oldest first, the last twenty, before the runs of now", async () => {
    const history = window();
    for (let at = 1; at <= 25; at++) {
      history.add(`r${at}`, started(`r${at}`, at));
      history.add(`r${at}`, finished);
    }
    await history.flush();
    const again = window();
    again.add("now", started("now", 99));
    await again.load();
    expect(again.runs.map(({ runId }) => runId)).toEqual([
      ...Array.from({ length: 20 }, (_, at) => `r${at + 6}`),
      "now",
    ]);
  });

  describe("shared with another window", () => {
    let other: ChildProcess;
    let file: string;
    const write = (...events: RunEvent[]): void =>
      appendFileSync(file, events.map((event) => `${JSON.stringify(event)}\n`).join(""));
    const lines = (): RunEvent[] => linesOf(readFileSync(file, "utf8"));
    const heard = (history: RunHistory): RunEvent[] => {
      const events: RunEvent[] = [];
      history.subscribe((_runId, _seq, event, mine) => {
        if (!mine) events.push(event);
      });
      return events;
    };
    beforeEach(async () => {
      other = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
      await once(other, "spawn");
      mkdirSync(folder, { recursive: true });
      file = join(folder, `00000000000001-${other.pid}-r.jsonl`);
    });
    afterEach(() => void other.kill());

    it("shows a run that goes on there as it goes on, to the proposal, and leaves its file alone", async () => {
      write(started("r"), thought("still "));
      const history = await reloaded();
      const events = heard(history);
      expect(history.goesOnElsewhere).toBe(true);
      expect(history.eventsOf("r").some(({ kind }) => kind === "finished")).toBe(false);
      write(thought("going"));
      appendFileSync(file, '{"kind":"thought","te');
      await history.catchUp();
      appendFileSync(file, 'xt":" on"}\n');
      write(proposal("p"), finished);
      await history.catchUp();
      expect(events).toEqual([thought("going"), thought(" on"), proposal("p"), finished]);
      expect(history.goesOnElsewhere).toBe(false);
      expect(proposalsIn(history.states)).toMatchObject([{ state: "open" }]);
      // It said that it goes on elsewhere, as long as it did.
      expect(history.states[0]?.parts.map(({ kind }) => kind)).toEqual(["thought", "proposal"]);
      await history.flush();
      expect(lines()).toHaveLength(6);
    });

    it("shows a run that begins there later", async () => {
      const history = await reloaded();
      write(started("r"), thought("new"));
      await history.catchUp();
      const kinds = history.eventsOf("r").map(({ kind }) => kind);
      expect(kinds).toEqual(["started", "thought", "notice"]);
      expect(history.goesOnElsewhere).toBe(true);
    });

    it("keeps this window's own run behind what begins there, until the next one here", async () => {
      const history = await reloaded();
      const order = (): string[] => history.runs.map(({ runId }) => runId);
      history.add("mine", started("mine"));
      write(started("r"));
      await history.catchUp();
      expect(order()).toEqual(["r", "mine"]);
      history.add("next", started("next"));
      expect(order()).toEqual(["r", "mine", "next"]);
      await history.flush();
    });

    it("does not say of a run that begins and ends there between two looks that it goes on", async () => {
      const history = await reloaded();
      write(started("r"), finished);
      await history.catchUp();
      expect(history.eventsOf("r").map(({ kind }) => kind)).toEqual(["started", "finished"]);
      expect(history.goesOnElsewhere).toBe(false);
    });

    it("ends a run whose window dies, once, and says so", async () => {
      write(started("r"), thought("half"));
      const history = await reloaded();
      const gone = once(other, "exit");
      other.kill();
      await gone;
      await history.catchUp();
      await history.catchUp();
      await history.flush();
      expect(history.eventsOf("r").at(-1)).toMatchObject({ kind: "finished", outcome: "stopped" });
      expect(lines().filter(({ kind }) => kind === "finished")).toHaveLength(1);
    });

    it("knows in both what is decided in either, each once", async () => {
      write(started("r"), proposal("p"), finished);
      const [one, two] = [await reloaded(), await reloaded()];
      const [heardByOne, heardByTwo] = [heard(one), heard(two)];
      const decided = (state: "conflict" | "accepted"): RunEvent => {
        return { kind: "proposalState", at: 5, proposalId: "p", state };
      };
      one.add("r", decided("conflict"));
      two.add("r", decided("accepted"));
      await Promise.all([one.flush(), two.flush()]);
      for (let round = 0; round < 2; round++) await Promise.all([one.catchUp(), two.catchUp()]);
      expect(heardByOne).toEqual([decided("accepted")]);
      expect(heardByTwo).toEqual([decided("conflict")]);
      expect(lines()).toHaveLength(5);
    });

    it("forgets a run that another window deletes, and a late decision does not bring it back", async () => {
      write(started("r"), proposal("p"), finished);
      const [one, two] = [await reloaded(), await reloaded()];
      one.add("mine", started("mine", 2));
      rmSync(file);
      two.add("r", { kind: "proposalState", at: 5, proposalId: "p", state: "rejected" });
      await Promise.all([one.flush(), two.flush()]);
      const gone: string[] = [];
      one.onGone((runs) => gone.push(...runs.map(({ runId }) => runId)));
      await one.catchUp();
      await one.catchUp();
      expect(gone).toEqual(["r"]);
      expect(one.runs.map(({ runId }) => runId)).toEqual(["mine"]);
      await two.catchUp();
      expect(two.runs.map(({ runId }) => runId)).not.toContain("r");
      expect(readdirSync(folder).filter((name) => name.includes("-r."))).toEqual([]);
    });

    it("keeps its runs when the folder cannot be read for a moment", async () => {
      write(started("r"), finished);
      const history = await reloaded();
      const elsewhere = `${folder}-elsewhere`;
      renameSync(folder, elsewhere);
      await history.catchUp();
      renameSync(elsewhere, folder);
      expect(history.runs.map(({ runId }) => runId)).toEqual(["r"]);
    });

    it("does not take what this window's own run writes for another's", async () => {
      const history = await reloaded();
      const events = heard(history);
      for (const event of [started("mine"), thought("a"), proposal("p"), finished]) {
        history.add("mine", event);
        await history.catchUp();
      }
      history.add("mine", { kind: "proposalState", at: 5, proposalId: "p", state: "accepted" });
      await history.flush();
      await history.catchUp();
      expect(events).toEqual([]);
    });

    it("leaves words for the window whose run it is, which takes each once, hints first", async () => {
      write(started("r"));
      const history = await reloaded();
      await history.leaveWord("r", { kind: "beginAnew" });
      await history.leaveWord("nobody's", { kind: "stop" });
      await history.leaveWord("r", { kind: "hint", text: "use plus" });
      const owner = window();
      expect(await owner.takeWords("other")).toEqual([]);
      expect(await owner.takeWords("r")).toEqual([
        { kind: "hint", text: "use plus" },
        { kind: "beginAnew" },
      ]);
      expect(await owner.takeWords("r")).toEqual([]);
      expect(readdirSync(folder)).toHaveLength(1);
    });
  });

  it("takes over what an earlier version kept window by window", async () => {
    const storage = join(folder, "..", "storage");
    for (const [at, id] of ["a1b2", "a1b2-1", "ffff"].entries()) {
      const runs = join(storage, id, "thinkaloud", "runs");
      mkdirSync(runs, { recursive: true });
      const line = `${JSON.stringify(started(`r${at}`))}\n${JSON.stringify(finished)}\n`;
      writeFileSync(join(runs, `0000000000000${at}-1-r${at}.jsonl`), line);
    }
    await adoptRuns(join(storage, "a1b2-1", "thinkaloud", "runs"), folder);
    expect((await reloaded()).runs.map(({ runId }) => runId)).toEqual(["r0", "r1"]);
  });

  it("that cannot be written is told once, and the run goes on", async () => {
    mkdirSync(join(folder, ".."), { recursive: true });
    writeFileSync(folder, "a file where the folder should be");
    const history = await windowWith(started("r"));
    for (let at = 0; at < 5; at++) {
      history.add("r", thought("x"));
      await history.flush();
    }
    expect(failures.map(({ kind }) => kind)).toEqual(["historyUnwritable"]);
    expect(history.eventsOf("r")).toHaveLength(6);
    rmSync(folder);
    history.add("r", finished);
    await history.flush();
    expect(readFileSync(onlyFile(), "utf8").trimEnd().split("\n")).toHaveLength(7);
  });

  it("is written of every run but one whose own file cannot be", async () => {
    mkdirSync(join(folder, `00000000000001-${process.pid}-barred.jsonl`), { recursive: true });
    const history = window();
    history.add("barred", started("barred"));
    history.add("r", started("r", 2));
    await history.flush();
    expect(failures).toHaveLength(1);
    expect((await reloaded()).runs.map(({ runId }) => runId)).toEqual(["r"]);
  });

  it("keeps what a later version wrote, and goes on without it", async () => {
    await windowWith(started("r"));
    const later = '{"v":2,"kind":"thought","words":["a"]}';
    appendFileSync(onlyFile(), `${later}\n`);
    const again = await reloaded();
    again.add("r", thought("b"));
    await again.flush();
    expect(readFileSync(onlyFile(), "utf8")).toContain(later);
    expect((await reloaded()).stateOf("r").parts).toMatchObject([{ kind: "thought", text: "b" }]);
  });

  it("is not troubled by files that are none of ours", async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "notes.txt"), "hello");
    writeFileSync(join(folder, "00000000000001-1-bad.jsonl"), "\u0000\u0001 not json\n[1,2]\n");
    expect((await reloaded()).runs).toEqual([]);
  });
});
