import assert from "node:assert/strict";
import * as vscode from "vscode";
import { checkWords } from "../../src/runs/compare-checks";
import { proposalsIn } from "../../src/runs/run-lists";
import { editAnswer, inSession, proposalIn, session, until } from "./session";

const before = "def add(a, b):\n    return a - b\n";

/** A language's service: it minds every sign but plus, a moment after it has seen the text. */
class Service {
  readonly #looksAtCopies: boolean;
  readonly #problems = vscode.languages.createDiagnosticCollection("signs");
  readonly #listeners = [
    vscode.workspace.onDidOpenTextDocument((document) => this.#look(document)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => this.#look(document)),
  ];
  readonly seen = new Set<string>();
  #isOver = false;

  constructor(looksAtCopies: boolean) {
    this.#looksAtCopies = looksAtCopies;
  }

  #look(document: vscode.TextDocument): void {
    if (document.languageId !== "python" || document.uri.scheme !== "file") return;
    const isCopy = document.uri.fsPath.includes("thinkaloud-checks-");
    if (isCopy && !this.#looksAtCopies) return;
    if (isCopy) this.seen.add(document.uri.toString());
    setTimeout(() => {
      if (this.#isOver) return;
      const found = [...document.getText().matchAll(/a ([-*]) b/g)].map(({ index, 1: sign }) => {
        const at = document.positionAt(index);
        return new vscode.Diagnostic(new vscode.Range(at, at), `The sign ${sign} is wrong.`);
      });
      this.#problems.set(document.uri, found);
    }, 100);
  }

  problemsOfCopies(): number {
    return [...this.seen].flatMap((uri) => vscode.languages.getDiagnostics(vscode.Uri.parse(uri)))
      .length;
  }

  end(): void {
    this.#isOver = true;
    this.#problems.dispose();
    for (const listener of this.#listeners) listener.dispose();
  }
}

describe("the problems that the editor shows", () => {
  let service: Service;
  inSession(async () => {
    await session.set("checks", "off");
    service.end();
  });
  beforeEach(() => session.set("checks", "ask"));

  async function fix(name: string, line: string) {
    const uri = session.write(name, before);
    await session.show(uri, 1);
    await until("the problem is shown", () => vscode.languages.getDiagnostics(uri).length === 1);
    session.answer = editAnswer("    return a - b", line);
    return { uri, events: await session.run("thinkaloud.fix") };
  }

  function landedWords(): string | undefined {
    const landed = proposalsIn(session.parts.history.states).at(-1)?.landed;
    return landed && checkWords(landed);
  }

  it("are asked about in a copy before the edit is shown, and the list of problems is left clean", async () => {
    service = new Service(true);
    const { events } = await fix("signs.py", "    return a + b");
    const [check] = proposalIn(events).checks ?? [];
    assert.ok(check, `the proposal was checked: ${JSON.stringify(events)}`);
    assert.equal(checkWords(check), "1 problem fixed, 0 new", JSON.stringify(check));
    assert.ok(service.seen.size > 0, "the service saw a copy");
    assert.equal(service.problemsOfCopies(), 0);
  });

  it("are compared after Accept where the service looks at no copies, and what is new can be undone or fixed", async () => {
    service = new Service(false);
    const { uri, events } = await fix("signs2.py", "    return a * b");
    const unseen = events.find(
      (event) => event.kind === "check" && event.said?.broken?.includes("does not look at copies"),
    );
    assert.ok(unseen, `it is said that it was not checked: ${JSON.stringify(events)}`);
    await vscode.commands.executeCommand("thinkaloud.accept");
    await until("the service was heard", () => landedWords() !== undefined);
    assert.equal(landedWords(), "1 problem fixed, 1 new");
    const known = proposalsIn(session.parts.history.states).at(-1);
    assert.ok(known);
    session.answer = editAnswer("    return a * b", "    return a + b");
    const over = session.nextEnd();
    await session.parts.panel.receive({ kind: "fixNew", proposalId: known.proposal.id });
    const next = session.parts.history.eventsOf(await over);
    const [started] = next;
    assert.equal(started?.kind === "started" && started.subject, "The sign * is wrong.");
    proposalIn(next);
    for (const id of session.undecided()) await session.parts.review.reject(id);
    await vscode.commands.executeCommand("thinkaloud.undo");
    const document = await vscode.workspace.openTextDocument(uri);
    await until("it is undone", () => document.getText() === before);
  });
});
