import { Disposable, type TextEditor, type Uri, window, workspace } from "vscode";

export interface RecentPlace {
  readonly uri: string;
  readonly line: number;
  readonly isEdited: boolean;
}

const remembered = 8;
/** What was changed or looked at before is another piece of work. */
const longAgoMs = 15 * 60_000;

/** Where the person changed code lately, or looked at some, newest first. */
export class RecentPlaces implements Disposable {
  readonly #subscription: Disposable;
  #places: readonly (RecentPlace & { readonly at: number })[] = [];
  #active: TextEditor | undefined = window.activeTextEditor;

  constructor() {
    this.#subscription = Disposable.from(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const [change] = contentChanges;
        if (change !== undefined) this.#add(document.uri, change.range.start.line, true);
      }),
      window.onDidChangeActiveTextEditor((editor) => {
        const left = this.#active;
        if (left !== undefined) this.#add(left.document.uri, left.selection.active.line, false);
        this.#active = editor;
      }),
    );
  }

  get places(): readonly RecentPlace[] {
    const since = Date.now() - longAgoMs;
    return this.#places.filter(({ at }) => at >= since);
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** Typing in one place is one place, however many letters, and so is looking at it after that. */
  #add(place: Uri, line: number, isEdited: boolean): void {
    if (place.scheme !== "file") return;
    const uri = place.toString();
    const isSame = (one: RecentPlace): boolean =>
      one.uri === uri && Math.abs(one.line - line) <= 20;
    const wasEdited = this.#places.some((one) => isSame(one) && one.isEdited);
    const others = this.#places.filter((one) => !isSame(one));
    const added = { uri, line, at: Date.now(), isEdited: isEdited || wasEdited };
    this.#places = [added, ...others].slice(0, remembered);
  }
}
