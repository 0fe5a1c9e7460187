import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import type { Parts } from "../../src/editor/parts";
import { proposalPlace } from "../../src/editor/review/proposal-uris";
import type { FileProposal, Proposal } from "../../src/protocol/proposal";
import type { RunEvent } from "../../src/protocol/run-events";
import { type FakeDaemon, startFakeDaemon } from "../support/fake-daemon";
import type { ChatAnswer, ScriptedModel } from "../support/scripted-models";

const model: ScriptedModel = { name: "deepseek-r1:1.5b", capabilities: ["completion", "thinking"] };

/** The real extension in its real host, with a daemon that says what the test wants. */
export class Session {
  readonly #written = new Set<string>();
  answer: ChatAnswer = { answer: "" };
  /** The list to pick from that the product opened last. */
  #list: vscode.QuickPick<vscode.QuickPickItem> | undefined;
  readonly #createQuickPick = vscode.window.createQuickPick;

  private constructor(
    readonly parts: Parts,
    readonly daemon: FakeDaemon,
    readonly folder: string,
  ) {}

  static async start(): Promise<Session> {
    const extension = vscode.extensions.getExtension<Parts>("thinkaloud.thinkaloud");
    assert.ok(extension, "the extension is installed");
    const parts = await extension.activate();
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    assert.ok(folder, "a folder is open");
    const daemon = await startFakeDaemon({ models: [model], chat: () => started.answer });
    const started = new Session(parts, daemon, folder);
    Object.assign(vscode.window, {
      createQuickPick: () => {
        started.#list = started.#createQuickPick();
        return started.#list;
      },
    });
    await started.set("engine", "ollama");
    await started.set("endpoint", daemon.endpoint);
    return started;
  }

  async set(key: string, value: unknown): Promise<void> {
    await vscode.workspace
      .getConfiguration("thinkaloud")
      .update(key, value, vscode.ConfigurationTarget.Global);
  }

  /** Puts everything back as it was. */
  async end(): Promise<void> {
    Object.assign(vscode.window, { createQuickPick: this.#createQuickPick });
    await this.parts.session.assistant.stop();
    for (const proposalId of this.undecided()) await this.parts.review.reject(proposalId);
    await this.daemon.close();
    await this.closeAll();
    for (const path of this.#written) rmSync(path, { force: true });
  }

  async closeAll(): Promise<void> {
    for (const document of vscode.workspace.textDocuments) {
      if (!document.isDirty) continue;
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    }
    // An editor without a column is one that the extension host was not told the end of: it belongs
    // to no tab any more.
    const none = () =>
      vscode.window.tabGroups.all.every((group) => group.tabs.length === 0) &&
      vscode.window.visibleTextEditors.every(
        ({ document, viewColumn }) => document.uri.scheme === "output" || viewColumn === undefined,
      );
    for (let round = 0; round < 5; round++) {
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      if (await comesTrue(none, 1_000)) return;
      // Now and then the extension host is not told that a diff's editor has gone, until the next
      // one opens.
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument());
    }
    assert.fail("an editor stays open");
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  bytes(name: string): Buffer {
    return readFileSync(this.path(name));
  }

  write(name: string, content: string | Uint8Array, mode = 0o644): vscode.Uri {
    const path = this.path(name);
    mkdirSync(dirname(path), { recursive: true });
    rmSync(path, { force: true });
    writeFileSync(path, content);
    chmodSync(path, mode);
    this.#written.add(path);
    return vscode.Uri.file(path);
  }

  async show(uri: vscode.Uri, line = 0): Promise<vscode.TextEditor> {
    const shown = () => vscode.window.showTextDocument(uri, { preview: false });
    // The editor refuses one that is asked for while it opens another, as for a review.
    const editor = await shown().then(
      (opened) => opened,
      async () => await delay(500).then(shown),
    );
    editor.selection = new vscode.Selection(line, 0, line, 0);
    return editor;
  }

  /** Runs a command and waits until its run is over. @returns the run's events. */
  async run(command: string, argument?: unknown): Promise<readonly RunEvent[]> {
    const over = this.nextEnd();
    await vscode.commands.executeCommand(command, argument);
    return this.parts.history.eventsOf(await over);
  }

  /** Resolves with the id of the next run that ends. */
  nextEnd(): Promise<string> {
    return this.next((event) => event.kind === "finished" || event.kind === "failed");
  }

  next(wanted: (event: RunEvent) => boolean): Promise<string> {
    return new Promise((resolve) => {
      const unsubscribe = this.parts.history.subscribe((runId, _seq, event) => {
        if (!wanted(event)) return;
        unsubscribe();
        resolve(runId);
      });
    });
  }

  /**
   * Asks for a fix at the file's first line, and waits until the proposal is open as a diff.
   * @returns its id.
   */
  async proposal(uri: vscode.Uri, search: string, replace: string): Promise<string> {
    return await this.proposed(uri, editAnswer(search, replace));
  }

  /** The same with an answer of the test's own. */
  async proposed(uri: vscode.Uri, answer: ChatAnswer): Promise<string> {
    this.answer = answer;
    await this.show(uri);
    return await this.fix();
  }

  /** Asks for a fix of what is in front, and waits until it is open as a diff. @returns its id. */
  async fix(): Promise<string> {
    const { id } = proposalIn(await this.run("thinkaloud.fix"));
    await this.reviewOpen(id);
    return id;
  }

  /** Waits until a proposal is open as a diff. */
  async reviewOpen(proposalId: string): Promise<void> {
    const shown = () =>
      this.diffs().map(({ input }) =>
        input instanceof vscode.TabInputTextDiff ? proposalPlace(input.modified)?.proposalId : "",
      );
    await until(
      `the diff of ${proposalId} is open`,
      () => this.reviewDocument(proposalId) !== undefined && shown().includes(proposalId),
    );
  }

  /** Waits until the open list stands at an item with these words, as the person sees it. */
  async listAt(label: string): Promise<void> {
    await until(`the list stands at ${label}`, () =>
      (this.#list?.activeItems ?? []).some((item) => item.label.includes(label)),
    );
  }

  /** Moves the open list to the item with these words, once it is shown with it. */
  async goTo(label: string): Promise<void> {
    const found = () => this.#list?.items.find((item) => item.label.includes(label));
    await until(`the list is shown with ${label}`, () => {
      return found() !== undefined && (this.#list?.activeItems.length ?? 0) > 0;
    });
    const item = found();
    if (item !== undefined && this.#list !== undefined) this.#list.activeItems = [item];
    // What is set of a list leaves for the window in the next turn.
    await delay(20);
  }

  /** The text of a file as the editor has it. */
  async text(uri: vscode.Uri): Promise<string> {
    return (await vscode.workspace.openTextDocument(uri)).getText();
  }

  /** The review of a proposal, which has to be open. */
  review(proposalId: string): vscode.TextDocument {
    const shown = this.reviewDocument(proposalId);
    assert.ok(shown, "the review is open");
    return shown;
  }

  /**
   * Puts a proposal into the history as an earlier window or no honest run would.
   * @param target what the run is about, which it may change wherever that is; absent: the first file
   * @returns its id.
   */
  smuggle(
    files: readonly FileProposal[],
    runId: string = crypto.randomUUID(),
    target: { readonly uri: string; readonly path: string } | undefined = files[0],
  ): string {
    assert.ok(target);
    const { uri, path } = target;
    const { history } = this.parts;
    const place = { line: 0, character: 0 };
    history.add(runId, {
      ...{ kind: "started", at: 1, runId, action: "fix", uri, path },
      ...{ range: { start: place, end: place }, subject: "" },
    });
    history.add(runId, { kind: "finished", at: 2, outcome: "proposed", metrics: {} });
    history.add(runId, { kind: "proposal", proposal: { id: runId, files } });
    return runId;
  }

  /** The writable right side of a proposal's review. */
  reviewDocument(proposalId: string): vscode.TextDocument | undefined {
    return vscode.workspace.textDocuments.find(
      (each) => proposalPlace(each.uri)?.proposalId === proposalId,
    );
  }

  diffs(): readonly vscode.Tab[] {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    return tabs.filter(
      (tab) =>
        tab.input instanceof vscode.TabInputTextDiff &&
        proposalPlace(tab.input.modified) !== undefined,
    );
  }

  /** The states that were recorded for a proposal. */
  states(proposalId: string): readonly string[] {
    return this.parts.history.runs.flatMap(({ events }) =>
      events.flatMap((event) =>
        event.kind === "proposalState" && event.proposalId === proposalId ? event.state : [],
      ),
    );
  }

  /** The states that were recorded for single blocks of a proposal, as `file/block state`. */
  blockStates(proposalId: string): readonly string[] {
    return this.parts.history.runs.flatMap(({ events }) =>
      events.flatMap((event) =>
        event.kind === "hunkState" && event.proposalId === proposalId
          ? `${event.fileIndex}/${event.block} ${event.state}`
          : [],
      ),
    );
  }

  undecided(): readonly string[] {
    const ids = this.parts.history.runs.flatMap(({ events }) =>
      events.flatMap((event) => (event.kind === "proposal" ? event.proposal.id : [])),
    );
    return ids.filter((id) => ["open", "conflict"].includes(this.states(id).at(-1) ?? "open"));
  }
}

export function proposalIn(events: readonly RunEvent[]): Proposal {
  const found = events.find((event) => event.kind === "proposal");
  assert.ok(found, `no proposal: ${JSON.stringify(events.at(-1))}`);
  return found.proposal;
}

export function startedIn(events: readonly RunEvent[]) {
  const found = events.find((event) => event.kind === "started");
  assert.ok(found, "the run was started");
  return found;
}

/** Has the editor work with these settings meanwhile. */
export async function withSettings(
  section: string,
  values: Readonly<Record<string, unknown>>,
  work: () => Promise<void>,
  language?: string,
): Promise<void> {
  const { Global } = vscode.ConfigurationTarget;
  const scope = language === undefined ? undefined : { languageId: language };
  const settings = vscode.workspace.getConfiguration(section, scope);
  const put = (key: string, value: unknown) =>
    settings.update(key, value, Global, language !== undefined);
  for (const [key, value] of Object.entries(values)) await put(key, value);
  try {
    await work();
  } finally {
    for (const key of Object.keys(values)) await put(key, undefined);
  }
}

export async function codeActions(
  uri: vscode.Uri,
  range: vscode.Range,
): Promise<readonly vscode.CodeAction[]> {
  return await vscode.commands.executeCommand("vscode.executeCodeActionProvider", uri, range);
}

/** The one of the test that runs, where {@link inSession} says so. */
export let session: Session;

/**
 * Each test of a group has a session of its own, which ends with it.
 * @param tidy what is done before its end.
 */
export function inSession(tidy: () => unknown = () => {}): void {
  beforeEach(async () => {
    session = await Session.start();
  });
  afterEach(async () => {
    await tidy();
    await session.end();
  });
}

/** An edit in the form that models are asked for. */
export function editAnswer(search: string, replace: string): ChatAnswer {
  return {
    thinking: "Let me see what is wrong here.",
    answer: `The fix:\n\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`,
  };
}

/** Several edits in one answer. */
export function editsAnswer(
  ...edits: readonly (readonly [search: string, replace: string])[]
): ChatAnswer {
  return {
    answer: edits.map(([search, replace]) => editAnswer(search, replace).answer).join("\n"),
  };
}

/** Applies an edit as the person's own typing would. */
export async function type(
  document: vscode.TextDocument,
  at: vscode.Position,
  text: string,
): Promise<void> {
  assert.ok(await tryToType(document, at, text));
}

/** @returns false when the document changed in the same moment. */
export async function tryToType(
  document: vscode.TextDocument,
  at: vscode.Position,
  text: string,
): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, at, text);
  return await vscode.workspace.applyEdit(edit);
}

export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 60_000,
): Promise<void> {
  assert.ok(await comesTrue(condition, timeoutMs), `waited in vain until ${what}`);
}

async function comesTrue(
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
): Promise<boolean> {
  for (const end = Date.now() + timeoutMs; Date.now() < end; ) {
    if (await condition()) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return condition();
}

/**
 * The kind of failure that the work throws. The class itself is another one: the tests are a bundle
 * of their own.
 */
export async function failureKind(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof Error && "failure" in thrown)
      return (thrown.failure as { kind: string }).kind;
    throw thrown;
  }
  return "no failure";
}
