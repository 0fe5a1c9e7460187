import {
  CodeLens,
  type CodeLensProvider,
  type Disposable,
  EventEmitter,
  languages,
  Range,
  Selection,
  type TextDocument,
  type TextEditor,
  Uri,
  window,
} from "vscode";
import { t } from "../../base/l10n";
import { lastLineOf } from "../../base/text/positions";
import { commands } from "../../protocol/commands";
import { type KnownUnplaced, unplacedIn } from "../../runs/run-lists";
import type { RunHistory } from "../../session/history/run-history";
import type { Session } from "../../session/session";
import { openDocument, refuseUnwritable } from "../documents/file-checks";
import { cellScheme, showDocument } from "../documents/notebook-cells";

/** Lenses at more places than this would be noise. */
const mostLenses = 3;

/** What a lens hands to the command: which edit, and the line it stands above. */
interface LensArgument {
  readonly editId: string;
  readonly startLine: number;
  readonly endLine: number;
}

/**
 * Lets the person point at the place of an edit that has no sure one. What comes of it is a
 * proposal like any other.
 */
export class HandPlacing implements CodeLensProvider {
  readonly #session: Session;
  readonly #history: RunHistory;
  readonly #changed = new EventEmitter<void>();
  readonly #disposables: readonly Disposable[];
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(session: Session, history: RunHistory) {
    this.#session = session;
    this.#history = history;
    const unsubscribe = history.subscribe((_runId, _seq, event) => {
      if (event.kind === "unplaced" || event.kind === "proposal" || event.kind === "proposalState")
        this.#changed.fire();
    });
    this.#disposables = [
      this.#changed,
      { dispose: unsubscribe },
      languages.registerCodeLensProvider(
        [{ scheme: "file" }, { scheme: "untitled" }, { scheme: cellScheme }],
        this,
      ),
    ];
  }

  /**
   * Places the edit at the cursor or over the selected lines of its file. With another file in
   * front, shows the likely place instead.
   */
  async placeHere(argument?: unknown): Promise<void> {
    const lens = lensArgument(argument);
    const wanted = lens?.editId ?? (typeof argument === "string" ? argument : undefined);
    const known = this.#session.unplaced(wanted);
    const editor = window.activeTextEditor;
    if (editor === undefined || editor.document.uri.toString() !== known.edit.uri)
      return await this.#show(known);
    await refuseUnwritable(editor.document.uri, known.edit.path);
    const place =
      lens === undefined ? pointed(editor) : { start: lens.startLine - 1, end: lens.endLine };
    const text = editor.document.getText();
    if (!(await this.#session.placeByHand(known.edit.id, { text, ...place })))
      window.setStatusBarMessage(t("The file holds this edit here already."), 5_000);
  }

  /** Shows the place that comes into question most, for the person to look and point. */
  async showPlace(editId?: string): Promise<void> {
    await this.#show(this.#session.unplaced(editId));
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    const uri = document.uri.toString();
    return unplacedIn(this.#history.states)
      .filter(({ edit }) => edit.uri === uri)
      .slice(-1)
      .flatMap(({ edit }) =>
        edit.candidates.slice(0, mostLenses).map(({ startLine, endLine }) => {
          const line = Math.max(0, Math.min(startLine, document.lineCount) - 1);
          const argument: LensArgument = {
            editId: edit.id,
            startLine: line + 1,
            endLine: Math.max(line + 1, Math.min(endLine, document.lineCount)),
          };
          return new CodeLens(new Range(line, 0, line, 0), {
            title: `$(sparkle) ${t("Place Thinkaloud's edit here")}`,
            command: commands.placeHere,
            arguments: [argument],
          });
        }),
      );
  }

  dispose(): void {
    for (const each of this.#disposables) each.dispose();
  }

  async #show({ edit }: KnownUnplaced): Promise<void> {
    const document = await openDocument(Uri.parse(edit.uri, true), edit.path);
    const editor = await showDocument(document);
    const [best] = edit.candidates;
    if (best !== undefined && editor !== undefined) {
      const range = document.validateRange(
        new Range(best.startLine - 1, 0, best.endLine - 1, Number.MAX_SAFE_INTEGER),
      );
      editor.selection = new Selection(range.start, range.end);
      editor.revealRange(range);
    }
    window.setStatusBarMessage(
      t("Select the lines that the edit replaces, then choose Place Here."),
      10_000,
    );
  }
}

function pointed({ selection }: TextEditor): { readonly start: number; readonly end: number } {
  const { start, isEmpty } = selection;
  return { start: start.line, end: isEmpty ? start.line : lastLineOf(selection) + 1 };
}

function lensArgument(argument: unknown): LensArgument | undefined {
  if (typeof argument !== "object" || argument === null || !("editId" in argument))
    return undefined;
  const { editId, startLine, endLine } = argument as Record<string, unknown>;
  if (typeof editId !== "string" || typeof startLine !== "number" || typeof endLine !== "number")
    return undefined;
  return { editId, startLine, endLine };
}
