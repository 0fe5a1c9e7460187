import { ProgressLocation, window, workspace } from "vscode";
import { t } from "../../base/l10n";
import type { ProbePart } from "../../core/model-card/probe-model";
import type { RunEnvironment } from "../../core/run/run-request";
import type { Connector } from "../../model-setup/connect/connector";
import type { CardRecords } from "../../model-setup/records/card-records";
import type { ModelCard } from "../../protocol/model-card";
import { askExportPlace } from "../export-place";

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
    await this.#showPages(records.of(model.endpoint, name) ?? (await this.probe()));
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
    await this.#showPages(await this.probe());
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
      const { partWords } = await import("../../core/model-card/card-words");
      const { probeModel } = await import("../../core/model-card/probe-model");
      const onPart = (part: ProbePart): void => progress.report({ message: partWords()[part] });
      const probe = { connection, environment: environment(), onPart };
      return probeModel(probe, stop.signal).catch((thrown: unknown) => {
        if (stop.signal.aborted) return undefined;
        throw thrown;
      });
    });
    if (card !== undefined) await records.keep(card);
    return card;
  }

  /** Shows a card, and a newer one as often as the person wishes. */
  async #showPages(card: ModelCard | undefined): Promise<void> {
    const { cardPage } = await import("../../core/model-card/card-words");
    for (let shown = card; shown !== undefined; ) {
      const content = cardPage(shown);
      const document = await workspace.openTextDocument({ language: "markdown", content });
      await window.showTextDocument(document, { preview: true });
      const again = t("Find Out Again");
      const save = t("Export…");
      const picked = await window.showInformationMessage(shown.model, again, save);
      if (picked === save) await exportCard(shown);
      shown = picked === again ? await this.probe() : undefined;
    }
  }
}

/** Writes a card to a file that the person names: a page for people, or data for programs. */
async function exportCard(card: ModelCard): Promise<void> {
  const name = `${card.model.replace(/[^\w.-]+/g, "-")}.model-card.md`;
  const place = await askExportPlace(t("Export this model card"), name);
  if (place === undefined) return;
  const { cardJson, cardPage } = await import("../../core/model-card/card-words");
  const text = place.format === "json" ? cardJson(card) : cardPage(card);
  await workspace.fs.writeFile(place.uri, Buffer.from(text));
  await window.showTextDocument(place.uri);
}
