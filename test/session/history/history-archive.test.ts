import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RunEvent } from "../../../src/protocol/run-events";
import { runLine } from "../../../src/runs/run-lines";
import { HistoryArchive } from "../../../src/session/history/history-archive";
import { HistoryFolder } from "../../../src/session/history/history-folder";
import { RunHistory } from "../../../src/session/history/run-history";
import { WordsLeft } from "../../../src/session/history/words-left";
import { folderForTest } from "../../support/folder-for-test";

const place = { start: { line: 6, character: 0 }, end: { line: 6, character: 0 } };

function eventsOf(runId: string, at: number, question: string, thought: string): RunEvent[] {
  return [
    {
      ...{ kind: "started", at, runId, action: "ask", uri: "file:///a.py" },
      ...{ path: "shop/basket.py", range: place, subject: question, question },
    },
    { kind: "model", model: "thinker:1b", endpoint: "http://h", local: true, contextTokens: 4096 },
    { kind: "thought", text: thought },
    { kind: "answer", text: "It adds **two**." },
    { kind: "finished", at: at + 900, outcome: "answered", metrics: {} },
  ];
}

let path: string;
let limitBytes: number;
const archives: HistoryArchive[] = [];
beforeEach(() => {
  path = join(folderForTest("thinkaloud-archive-"), "runs");
  mkdirSync(path);
  limitBytes = Number.POSITIVE_INFINITY;
});
afterEach(() => {
  for (const archive of archives.splice(0)) archive.dispose();
});

/** As a window that has just been opened on the folder. */
async function opened() {
  const folder = new HistoryFolder(path, (failure) => {
    throw new Error(failure.kind);
  });
  const history = new RunHistory(folder);
  await history.load();
  const archive = new HistoryArchive({ folder, path, history, limitBytes: () => limitBytes });
  archives.push(archive);
  return { archive, history };
}

/** A run as an earlier window left it. */
function stored(runId: string, at: number, question: string, thought = "Hm."): void {
  const name = `${String(at).padStart(14, "0")}-1-${runId}.jsonl`;
  const lines = eventsOf(runId, at, question, thought).map((event) => `${runLine(event)}\n`);
  writeFileSync(join(path, name), lines.join(""));
}

const ids = async (archive: HistoryArchive, query: string): Promise<string[]> =>
  (await archive.search(query, 50)).runs.map(({ runId }) => runId);

it("finds a run that has just ended, also where it already looks for others", async () => {
  const { archive, history } = await opened();
  const [last, ...before] = eventsOf("new", 2, "Why the Glockenspiel?", "Hm.").reverse();
  for (const event of before.reverse()) history.add("new", event);
  const looking = archive.search("", 50);
  if (last !== undefined) history.add("new", last);
  expect(await ids(archive, "glockenspiel")).toEqual(["new"]);
  await looking;
});

describe("searching the history", () => {
  it("finds every word of question, file, thought and answer, newest first, whatever case and accent", async () => {
    stored("old", 1_000, "Où est la fenêtre ?", "The RING buffer wraps.");
    stored("new", 2_000, "Why two?", "A ring of keys.");
    const { archive } = await opened();
    expect(await ids(archive, "")).toEqual(["new", "old"]);
    expect(await ids(archive, "ring")).toEqual(["new", "old"]);
    expect(await ids(archive, "FENETRE ring")).toEqual(["old"]);
    expect(await ids(archive, "basket.py keys")).toEqual(["new"]);
    expect(await ids(archive, "keys wraps")).toEqual([]);
  });

  it("shows the line that was found where the list would not show why", async () => {
    stored("r", 1_000, "Why two?", "First.\nThe Ring buffer wraps here.\nLast.");
    const { archive } = await opened();
    const [found] = (await archive.search("ring", 50)).runs;
    expect(found?.excerpt).toBe("The Ring buffer wraps here.");
    expect((await archive.search("two", 50)).runs[0]).not.toHaveProperty("excerpt");
  });

  it("has the word that was found at the beginning of what it shows, as a narrow list shows no more", async () => {
    const before = "Much is said before. ".repeat(20);
    stored("r", 1_000, "Why two?", `${before}The Ring buffer wraps here.`);
    const { archive } = await opened();
    const [found] = (await archive.search("wraps", 50)).runs;
    expect(found?.excerpt).toBe("…The Ring buffer wraps here.");
  });

  it.each([
    ["prose first", "The loop never ends.\n\n```python\nwhile n:\n```", "The loop never ends"],
    ["code first", "```python\nwhile n: n &= n - 1\n```\nIt clears a bit.", "It clears a bit"],
    [
      "an edit",
      "<<<<<<< SEARCH\nn ^= n - 1\n=======\nn &= n\n>>>>>>> REPLACE\nNow it ends.",
      "Now it ends",
    ],
    ["code alone", "```python\nwhile n: n &= n - 1\n```\n", ""],
  ])("a run without a question is known by what its answer says: %s", async (_, answer, said) => {
    const { archive, history } = await opened();
    for (const event of eventsOf("r", 1, "", "Hm."))
      history.add("r", event.kind === "answer" ? { ...event, text: answer } : event);
    await history.flush();
    expect((await archive.search("", 50)).runs[0]?.subject).toBe(said);
  });

  it("tells a question of several lines in one, without the marks of what it quotes", async () => {
    stored("r", 1_000, "Explain this step:\n\n> So `n` is 6,\n>> or 7.\n\na > b?");
    const { archive } = await opened();
    const [found] = (await archive.search("", 50)).runs;
    expect(found?.subject).toBe("Explain this step: So `n` is 6, or 7. a > b?");
  });

  it("shows what cannot be seen, or turns words about, in what a list tells", async () => {
    stored("r", 1_000, "user\u202e nimda", "needle \u200b here");
    const { archive } = await opened();
    const [found] = (await archive.search("needle", 50)).runs;
    expect(found?.subject).toBe("user\\u{202E} nimda");
    expect(found?.excerpt).toBe("needle \\u{200B} here");
  });

  it("counts more than it tells", async () => {
    for (let at = 1; at <= 30; at++) stored(`r${at}`, at, `question ${at}`);
    const { archive } = await opened();
    const { runs, total } = await archive.search("question", 5);
    expect(runs.map(({ runId }) => runId)).toEqual(["r30", "r29", "r28", "r27", "r26"]);
    expect(total).toBe(30);
  });

  it("knows a run as soon as it ended, here or in another window, and not while it goes on", async () => {
    const here = await opened();
    const there = await opened();
    for (const event of eventsOf("r", 5, "Why three?", "Hm.").slice(0, -1))
      here.history.add("r", event);
    expect(await ids(here.archive, "three")).toEqual([]);
    here.history.add("r", { kind: "finished", at: 9, outcome: "answered", metrics: {} });
    await here.history.flush();
    expect(await ids(here.archive, "three")).toEqual(["r"]);
    expect(await ids(there.archive, "three")).toEqual(["r"]);
  });

  it("survives an index that was cut short or is nonsense", async () => {
    stored("r", 1, "Why four?");
    await ids((await opened()).archive, "four");
    const lines = join(path, "index.jsonl");
    writeFileSync(lines, `${readFileSync(lines, "utf8")}{"v":1,"name":`);
    expect(await ids((await opened()).archive, "four")).toEqual(["r"]);
    writeFileSync(lines, "\0\0nonsense\n[]\n");
    expect(await ids((await opened()).archive, "four")).toEqual(["r"]);
  });
});

describe("what a person does with earlier runs", () => {
  it("opens one that is older than those which are shown", async () => {
    for (let at = 1; at <= 25; at++) stored(`r${at}`, at, `question ${at}`);
    const { archive, history } = await opened();
    expect(history.eventsOf("r1")).toEqual([]);
    expect(await archive.open("r1")).toBe(true);
    expect(history.runs[0]?.runId).toBe("r1");
    expect(history.stateOf("r1").question).toBe("question 1");
    expect(await archive.open("nobody")).toBe(false);
  });

  it("pins one: it comes first, and outlives the limit", async () => {
    for (let at = 1; at <= 10; at++) stored(`r${at}`, at, `question ${at}`);
    const { archive } = await opened();
    await archive.search("", 1);
    await archive.pin("r2", true);
    expect((await ids(archive, ""))[0]).toBe("r2");
    limitBytes = 3 * readFileSync(join(path, "00000000000001-1-r1.jsonl")).length + 20;
    await archive.tidy();
    expect(await ids(archive, "")).toEqual(["r2", "r10", "r9", "r8"]);
    await archive.pin("r2", false);
    await archive.tidy();
    expect(await ids(archive, "")).toEqual(["r10", "r9", "r8"]);
  });

  it("lets the oldest go when a run ends and there is too much, and reads nothing before", async () => {
    for (let at = 1; at <= 5; at++) stored(`r${at}`, at, `question ${at}`);
    limitBytes = 3 * readFileSync(join(path, "00000000000001-1-r1.jsonl")).length + 20;
    const { history } = await opened();
    expect(readdirSync(path)).toHaveLength(5);
    for (const event of eventsOf("new", 9, "question 9", "Hm.")) history.add("new", event);
    const kept = () => readdirSync(path).filter((name) => /-\w+\.jsonl$/.test(name));
    await expect
      .poll(() => kept().map((name) => /-(\w+)\.jsonl$/.exec(name)?.[1]))
      .toEqual(["r4", "r5", "new"]);
  });

  it("deletes one: neither file, memory nor index holds a word of it", async () => {
    stored("secret", 1, "the password hunter2", "hunter2 again");
    stored("other", 2, "something else");
    const { archive, history } = await opened();
    await archive.pin("secret", true);
    expect(await ids(archive, "hunter2")).toEqual(["secret"]);
    // It came when the run was over.
    await new WordsLeft(path).leave("secret", { kind: "hint", text: "it is hunter2" });
    expect(await archive.delete(["secret"])).toBe(1);
    expect(await ids(archive, "")).toEqual(["other"]);
    expect(history.eventsOf("secret")).toEqual([]);
    for (const name of readdirSync(path)) {
      expect(name).not.toContain("secret");
      expect(readFileSync(join(path, name), "utf8")).not.toContain("hunter2");
    }
    expect(await ids((await opened()).archive, "something")).toEqual(["other"]);
  });

  it("holds no word of what was deleted before one that cannot be", async () => {
    stored("gone", 1, "the password hunter2");
    stored("barred", 2, "something else");
    const { archive, history } = await opened();
    await ids(archive, "");
    const barred = join(path, "00000000000002-1-barred.jsonl");
    rmSync(barred);
    mkdirSync(barred);
    await expect(archive.delete()).rejects.toThrow();
    expect(readFileSync(join(path, "index.texts"), "utf8")).not.toContain("hunter2");
    expect(history.eventsOf("gone")).toEqual([]);
    expect(await ids(archive, "something")).toEqual(["barred"]);
  });

  it("two windows that delete and write at once fight about nothing, and lose no run", async () => {
    for (let at = 1; at <= 6; at++) stored(`old-${at}`, at, `question ${at}`);
    const here = await opened();
    const there = await opened();
    await Promise.all([ids(here.archive, ""), ids(there.archive, "")]);
    for (const event of eventsOf("new", 9, "Why three?", "Hm.")) here.history.add("new", event);
    await Promise.all([
      here.archive.delete(["old-1", "old-2", "old-3"]),
      there.archive.delete(["old-3", "old-4"]),
      here.history.flush(),
    ]);
    const left = ["new", "old-6", "old-5"];
    for (const { archive, history } of [here, there, await opened()]) {
      await history.catchUp();
      expect(await ids(archive, "")).toEqual(left);
      expect(await ids(archive, "three")).toEqual(["new"]);
      expect(new Set(history.runs.map(({ runId }) => runId))).toEqual(new Set(left));
    }
  });

  it("deletes all that ended, and not the one that goes on", async () => {
    stored("r", 1, "question");
    const { archive, history } = await opened();
    const [started] = eventsOf("running", 5, "still here", "");
    if (started !== undefined) history.add("running", started);
    await history.flush();
    expect(await archive.delete()).toBe(1);
    expect(readdirSync(path).filter((name) => /-\w+\.jsonl$/.test(name))).toHaveLength(1);
    expect(history.stateOf("running").question).toBe("still here");
  });

  it("exports one as a page, with everything that was thought and answered", async () => {
    stored("r", Date.UTC(2026, 0, 2), "Why two?", "Let me see.\nIt adds.");
    const { archive } = await opened();
    let page = "";
    for await (const piece of archive.export("markdown", "r")) page += piece;
    expect(page).toBe(
      [
        "# Ask about shop/basket.py:7",
        "> Why two?",
        "- Asked: 2026-01-02T00:00:00.000Z\n- Model: thinker:1b at http://h\n- Ended: answered",
        "## Thought\n\n> Let me see.\n> It adds.",
        "## Answer\n\nIt adds **two**.\n",
      ].join("\n\n"),
    );
  });

  it("exports all as JSON that can be read back, oldest first", async () => {
    stored("a", 1, "first");
    stored("b", 2, "second");
    const { archive } = await opened();
    let json = "";
    for await (const piece of archive.export("json")) json += piece;
    const runs: { runId: string; events: RunEvent[] }[] = JSON.parse(json);
    expect(runs.map(({ runId }) => runId)).toEqual(["a", "b"]);
    expect(runs[1]?.events).toEqual(eventsOf("b", 2, "second", "Hm."));
  });
});
