import { ProgressLocation, Uri, window, workspace } from "vscode";
import { t } from "../../base/l10n";
import type { ProbePart } from "../../core/model-card/probe-model";
import type { RunEnvironment } from "../../core/run/run-request";
import type { Connector } from "../../model-setup/connect/connector";
import type { ModelCard } from "../../protocol/model-card";
import type { CardRecords } from "./card-records";

export interface ModelCardParts {
  readonly connector: Connector;
  readonly records: CardRecords;
  /** What runs have, so that what is found is remembered where they look. */
  environment(): RunEnvironment;
  /** Whether a run goes on: two requests at once slow each other and spoil the figures. */
  isBusy(): boolean;
}

/** What was found out about the model that answers: looked at, found out anew, exported. */
export class ModelCards {
  readonly #parts: ModelCardParts;

  constructor(parts: ModelCardParts) {
    this.#parts = parts;
  }

  /**
   * Shows the card of the model that answers now, and finds out what is not known yet. Throws
   * FailureError when no model answers.
   */
  async show(): Promise<void> {
    const { connector, records } = this.#parts;
    const { model, name } = await connector.connect(new AbortController().signal);
    const card = records.of(model.endpoint, name) ?? (await this.probe());
    if (card !== undefined) await this.#showPage(card);
  }

  /** Offers, once per model, to find out about it. */
  async offer(model: string): Promise<void> {
    if (!(await this.#parts.records.isNew(model))) return;
    const yes = t("Find Out");
    const question = t(
      "Find out what {0} can do here? It is asked nine small things, which takes less than a minute.",
      model,
    );
    if ((await window.showInformationMessage(question, yes, t("Not Now"))) !== yes) return;
    const card = await this.probe();
    if (card !== undefined) await this.#showPage(card);
  }

  /**
   * @returns undefined when the person stopped it, or a run goes on. Throws FailureError when no
   * model answers.
   */
  async probe(): Promise<ModelCard | undefined> {
    const { connector, records, environment, isBusy } = this.#parts;
    if (isBusy()) {
      void window.showInformationMessage(t("The model is at work; try again when it is done."));
      return undefined;
    }
    const stop = new AbortController();
    const connection = await connector.connect(stop.signal);
    const title = t("Finding out about {0}", connection.name);
    const options = { location: ProgressLocation.Notification, title, cancellable: true };
    const card = await window.withProgress(options, async (progress, token) => {
      token.onCancellationRequested(() => stop.abort());
      const onPart = (part: ProbePart): void => progress.report({ message: partWords(part) });
      const { probeModel } = await import("../../core/model-card/probe-model");
      const probe = { connection, environment: environment(), onPart };
      return probeModel(probe, stop.signal).catch((thrown: unknown) => {
        if (stop.signal.aborted) return undefined;
        throw thrown;
      });
    });
    if (card !== undefined) await records.keep(card);
    return card;
  }

  async #showPage(card: ModelCard): Promise<void> {
    const { cardPage } = await import("../../core/model-card/card-words");
    const document = await workspace.openTextDocument({
      language: "markdown",
      content: cardPage(card),
    });
    await window.showTextDocument(document, { preview: true });
    const again = t("Find Out Again");
    const save = t("Export…");
    // Nobody waits for the answer.
    void window.showInformationMessage(card.model, again, save).then(async (picked) => {
      if (picked === save) await exportCard(card);
      if (picked !== again) return;
      const newer = await this.probe();
      if (newer !== undefined) await this.#showPage(newer);
    });
  }
}

async function exportCard(card: ModelCard): Promise<void> {
  const name = `${card.model.replace(/[^\w.-]+/g, "-")}.model-card.json`;
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const target = await window.showSaveDialog({
    ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder, name) }),
    filters: { JSON: ["json"] },
  });
  if (target === undefined) return;
  const text = `${JSON.stringify(card, undefined, 2)}\n`;
  await workspace.fs.writeFile(target, new TextEncoder().encode(text));
}

function partWords(part: ProbePart): string {
  switch (part) {
    case "thought":
      return t("does it think?");
    case "off":
      return t("can it be told not to?");
    case "begunTurn":
      return t("does it go on with a begun turn?");
    case "edits":
      return t("five tiny edits");
    default:
      return part satisfies never;
  }
}
