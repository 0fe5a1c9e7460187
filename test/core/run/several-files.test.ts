import { describe, expect, it } from "vitest";
import { SecretMasks } from "../../../src/core/context/secret-masks";
import { noChoices, type PieceChoices } from "../../../src/core/context/select-pieces";
import { placeByHand } from "../../../src/core/run/edits/place-by-hand";
import { type ProposeFacts, propose, type Verdict } from "../../../src/core/run/edits/propose";
import { unplacedEdit } from "../../../src/core/run/edits/unplaced-edit";
import type { ContextPiece } from "../../../src/protocol/context";
import type { ShownFile } from "../../../src/protocol/document";
import type { RunEvent } from "../../../src/protocol/run-events";
import { noGrammar, RunWorld, targetIn } from "./run-world";

const caller = "from rates import rate\n\n\ndef price(net):\n    return net * rate()\n";
const callee = "def rate():\n    return 0.19\n\n\ndef other():\n    return 1\n";

function shown(change: Partial<ShownFile> = {}): ShownFile {
  return {
    uri: "file:///project/rates.py",
    path: "rates.py",
    languageId: "python",
    text: callee,
    ...change,
  };
}

function facts(change: Partial<ProposeFacts> = {}): ProposeFacts {
  const target = targetIn(caller);
  const files = { target, range: target.range, shown: [shown()] };
  return { ...files, context: undefined, syntax: noGrammar, ...change };
}

function edit(path: string, search: string, replace: string): string {
  return `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;
}

const inCaller = edit("calc.py", "    return net * rate()", "    return net * (1 + rate())");
const inCallee = edit("rates.py", "    return 0.19", "    return 0.20");

function filesOf(verdict: Verdict): Record<string, string> {
  if (verdict.kind !== "proposal") throw new Error(JSON.stringify(verdict));
  return Object.fromEntries(verdict.proposal.files.map(({ uri, proposed }) => [uri, proposed]));
}

describe("an answer about several files", () => {
  it("is one proposal, each file against its own text", async () => {
    const verdict = await propose(`${inCaller}\n${inCallee}`, false, facts());
    expect(filesOf(verdict)).toEqual({
      "file:///project/calc.py": caller.replace("* rate()", "* (1 + rate())"),
      "file:///project/rates.py": callee.replace("0.19", "0.20"),
    });
    const bases = verdict.kind === "proposal" ? verdict.proposal.files.map(({ base }) => base) : [];
    expect(bases).toEqual([caller, callee]);
  });

  it("may change another file than the one that was asked about", async () => {
    const changed = filesOf(await propose(inCallee, false, facts()));
    expect(Object.keys(changed)).toEqual(["file:///project/rates.py"]);
  });

  it("changes no file that the model was not shown", async () => {
    const verdict = await propose(inCallee, false, facts({ shown: [] }));
    expect(verdict).toMatchObject({ kind: "refusal", code: "path" });
  });

  it("changes no lines of a shown file that were not shown", async () => {
    const lines = {
      ranges: [{ start: { line: 4, character: 0 }, end: { line: 6, character: 0 } }],
    };
    const part = facts({ shown: [shown(lines)] });
    const unseen = await propose(`${inCaller}\n${inCallee}`, false, part);
    expect(unseen).toMatchObject({ kind: "refusal", code: "path" });
    const seen = edit("rates.py", "    return 1", "    return 2");
    expect(filesOf(await propose(seen, false, part))).toEqual({
      "file:///project/rates.py": callee.replace("return 1", "return 2"),
    });
  });

  it("takes a function that names no file for the one in the file that was asked about", async () => {
    const twice = "def price(net):\n    return net\n";
    const verdict = await propose(
      "```python\ndef price(net):\n    return net * 2\n```",
      false,
      facts({ target: targetIn(twice), shown: [shown({ text: twice })] }),
    );
    expect(Object.keys(filesOf(verdict))).toEqual(["file:///project/calc.py"]);
  });

  it("never takes one file for another of the same path in another folder", async () => {
    const other = shown({ uri: "file:///elsewhere/calc.py", path: "calc.py", text: callee });
    const verdict = await propose(
      edit("calc.py", "    return 0.19", "    return 0.20"),
      false,
      facts({ shown: [other] }),
    );
    expect(verdict).toMatchObject({ kind: "refusal" });
  });

  it("brings a new file beside its edits, in the same proposal", async () => {
    const answer = `${inCaller}\n${edit("taxes.py", "", "TAX = 0.19")}`;
    const verdict = await propose(answer, false, facts({ isFree: async () => true }));
    expect(filesOf(verdict)).toMatchObject({ "file:///project/taxes.py": "TAX = 0.19\n" });
    const taken = await propose(answer, false, facts({ isFree: async () => false }));
    expect(taken).toMatchObject({ kind: "refusal", code: "path" });
  });
});

describe("a secret of one file", () => {
  const token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
  const secrets = new SecretMasks({ find: async () => [] });
  secrets.add(token);
  const mask = secrets.hide(token);
  const withSecret = `${caller}\n\nKEY = "${token}"\n`;
  const known = facts({ target: targetIn(withSecret), secrets });
  const moved = edit("rates.py", "    return 0.19", `    return ask("${mask}")`);

  it("comes back where it stood", async () => {
    const answer = edit("calc.py", `KEY = "${mask}"`, `TOKEN = "${mask}"`);
    expect(filesOf(await propose(answer, false, known))).toEqual({
      "file:///project/calc.py": withSecret.replace("KEY", "TOKEN"),
    });
  });

  it("is written into no other file, and into no new one", async () => {
    const refused = { kind: "refusal", code: "malformed" };
    expect(await propose(moved, false, known)).toMatchObject(refused);
    const created = `${inCaller}\n${edit("keys.py", "", `KEY = "${mask}"`)}`;
    const free = { ...known, isFree: async () => true };
    expect(await propose(created, false, free)).toMatchObject(refused);
  });

  it("is written where the person wants it, who said it themselves", async () => {
    const question = `Ask with ${token} for the rate`;
    const verdict = await propose(moved, false, { ...known, question });
    expect(filesOf(verdict)["file:///project/rates.py"]).toContain(token);
  });

  it("does not wait for a place in another one, nor does a mask that the model made up", async () => {
    for (const word of [mask, "HIDDEN_abc_7"]) {
      const lost = edit("rates.py", "    return 7 + tax()", `    return ask("${word}")`);
      const verdict = await propose(lost, false, known);
      expect(verdict).toMatchObject({ kind: "refusal", code: "malformed" });
      if (verdict.kind !== "refusal") throw new Error(verdict.kind);
      expect(unplacedEdit(verdict, known.target)).toBeUndefined();
    }
  });
});

describe("a run that found a piece of another file", () => {
  const piece: ContextPiece = {
    id: "rate",
    kind: "definition",
    title: "function rate",
    name: "rate",
    path: "rates.py",
    range: { start: { line: 0, character: 0 }, end: { line: 2, character: 0 } },
    languageId: "python",
    text: "def rate():\n    return 0.19",
    source: "search",
    reason: "It is called.",
    value: 1,
    editable: true,
    file: { ...shown(), version: 0 },
  };
  const answering = (
    answer: string,
    found: ContextPiece,
    extraTokens = 600,
    choices: PieceChoices = noChoices,
  ) =>
    RunWorld.start(
      { answer },
      {
        environment: {
          context: async () => [
            { name: "search", find: async () => ({ pieces: [found], dropped: [] }) },
          ],
          contextWishes: () => ({ choices, extraTokens }),
        },
      },
    );
  const changedIn = (events: readonly RunEvent[]): readonly string[] =>
    events.flatMap((event) =>
      event.kind === "proposal" ? event.proposal.files.map(({ path }) => path) : [],
    );

  it("may change it", async () => {
    const world = await answering(`${inCaller}\n${inCallee}`, piece);
    const events = await world.all({ target: targetIn(caller) });
    expect(world.prompts()[0]).toContain("return 0.19");
    expect(changedIn(events)).toEqual(["calc.py", "rates.py"]);
  });

  it("shows the change of both while the model still writes", async () => {
    const world = await answering(`${inCaller}\n${inCallee}\nThat is all.`, piece);
    const events = await world.all({ target: targetIn(caller) });
    const drafts = events.flatMap((event) =>
      event.kind === "draft" ? [event.draft.files.map(({ path }) => path)] : [],
    );
    expect(drafts).toEqual([["calc.py"], ["calc.py", "rates.py"]]);
  });

  it.each([
    ["was left out for want of room", piece, 0],
    ["may not be edited", { ...piece, editable: false }, 600],
  ])("may not change it when it %s", async (_why, found, extraTokens) => {
    const world = await answering(`${inCaller}\n${inCallee}`, found, extraTokens);
    expect(changedIn(await world.all({ target: targetIn(caller) }))).toEqual([]);
  });

  it("may change it when the person pinned it, though nothing else is to go along", async () => {
    const choices = { ...noChoices, pinned: new Set([piece.id]) };
    const world = await answering(`${inCaller}\n${inCallee}`, piece, 0, choices);
    const events = await world.all({ target: targetIn(caller) });
    expect(world.prompts()[0]).toContain("return 0.19");
    expect(changedIn(events)).toEqual(["calc.py", "rates.py"]);
  });

  it("may not change the rest of its file", async () => {
    const elsewhere = edit("rates.py", "    return 1", "    return 2");
    const world = await answering(`${inCaller}\n${elsewhere}`, piece);
    expect(changedIn(await world.all({ target: targetIn(caller) }))).toEqual([]);
  });
});

describe("an edit of several that has no place", () => {
  const lost = edit("rates.py", "    return 0.18 + tax()", "    return 0.20");

  it("waits with its own file, and keeps what the answer makes of the others", async () => {
    const verdict = await propose(`${inCaller}\n${lost}`, false, facts());
    if (verdict.kind !== "refusal") throw new Error(verdict.kind);
    const waiting = unplacedEdit(verdict, targetIn(caller));
    expect(waiting).toMatchObject({ uri: "file:///project/rates.py", path: "rates.py" });
    expect(waiting?.beside?.map(({ uri }) => uri)).toEqual(["file:///project/calc.py"]);
    if (waiting === undefined) throw new Error("no edit waits");
    const placed = await placeByHand(waiting, { text: callee, start: 1, end: 2 }, noGrammar);
    expect(placed?.files.map(({ path }) => path)).toEqual(["rates.py", "calc.py"]);
  });
});
