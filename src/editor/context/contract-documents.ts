import {
  type Disposable,
  EventEmitter,
  env,
  ProgressLocation,
  type QuickPickItem,
  type TextDocumentContentProvider,
  Uri,
  window,
  workspace,
} from "vscode";
import { t } from "../../base/l10n";
import { type CopyForm, copyForms } from "../../protocol/panel/from-panel";
import type { Action } from "../../protocol/run-events";
import type { Contract } from "../../runs/contract";
import type { QuestionAfter } from "../../session/requests/earlier-run";
import type { Session } from "../../session/session";

/** The scheme of the pages that say what was or would be sent. Nobody works on those. */
export const contractScheme = "thinkaloud-sent";

/** Shows exactly what a request sent, or would send, as a page of its own, and copies it. */
export class ContractDocuments implements TextDocumentContentProvider, Disposable {
  readonly #session: Session;
  readonly #changed = new EventEmitter<Uri>();
  readonly #registration: Disposable;
  readonly onDidChange = this.#changed.event;
  #preview: Contract | undefined;

  constructor(session: Session) {
    this.#session = session;
    this.#registration = workspace.registerTextDocumentContentProvider(contractScheme, this);
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const contract = await this.#contract(uri.query);
    if (contract === undefined) return t("Nothing is known of what this request sent.");
    const { contractAsMarkdown } = await import("../../runs/contract");
    return contractAsMarkdown(contract);
  }

  /** What a run sent; without an id the last one that sent anything. */
  async open(runId?: string): Promise<void> {
    if ((await this.#session.sentBy(runId)) === undefined) {
      void window.showInformationMessage(t("Nothing has been sent yet."));
      return;
    }
    await this.#show(t("What was sent"), runId ?? "last");
  }

  /**
   * What a request would send now. Finding out takes the model's server as a request does, but asks
   * it nothing.
   */
  async preview(action: Action, question?: string, after?: QuestionAfter): Promise<void> {
    const options = {
      location: ProgressLocation.Notification,
      title: t("Looking at what would be sent…"),
      cancellable: true,
    };
    const contract = await window.withProgress(options, async (_progress, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      try {
        return await this.#session.preview(action, question, after, stop.signal);
      } catch (thrown) {
        if (stop.signal.aborted) return undefined;
        throw thrown;
      }
    });
    if (contract === undefined) return;
    this.#preview = contract;
    await this.#show(t("What would be sent"), "preview");
  }

  async copy(form: CopyForm, runId?: string): Promise<void> {
    const contract = await this.#session.sentBy(runId);
    if (contract === undefined) return;
    await env.clipboard.writeText(await written(contract, form));
    void window.setStatusBarMessage(t("Copied"), 3_000);
  }

  /** Asks in which form what was sent last is wanted. */
  async pickCopy(): Promise<void> {
    const items = copyForms.map((form): QuickPickItem & { form: CopyForm } => ({
      label: formName(form),
      form,
    }));
    const picked = await window.showQuickPick(items, { title: t("Copy what was sent") });
    if (picked !== undefined) await this.copy(picked.form);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  async #contract(id: string): Promise<Contract | undefined> {
    if (id === "preview") return this.#preview;
    return await this.#session.sentBy(id === "last" ? undefined : id);
  }

  async #show(title: string, id: string): Promise<void> {
    const uri = Uri.from({ scheme: contractScheme, path: `/${title}.md`, query: id });
    // The same page may be open with what was there before.
    this.#changed.fire(uri);
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
  }
}

async function written(contract: Contract, form: CopyForm): Promise<string> {
  const { contractAsCurl, contractAsJson, contractAsText } = await import("../../runs/contract");
  switch (form) {
    case "text":
      return contractAsText(contract);
    case "json":
      return contractAsJson(contract);
    case "curl":
      return contractAsCurl(contract);
    default:
      return form satisfies never;
  }
}

function formName(form: CopyForm): string {
  switch (form) {
    case "text":
      return t("As text");
    case "json":
      return t("As JSON");
    case "curl":
      return t("As a curl command");
    default:
      return form satisfies never;
  }
}
