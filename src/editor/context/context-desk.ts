import { type Disposable, Uri, window, workspace } from "vscode";
import { sameData } from "../../base/same-data";
import type {
  ContextFindings,
  ContextQuery,
  ContextSource,
} from "../../core/context/context-source";
import { definitionPiece } from "../../core/context/definition-pieces";
import { gather } from "../../core/context/gather";
import type { listedPieces } from "../../core/context/listed-pieces";
import { mentionsIn } from "../../core/context/mentions";
import type { PieceChoices } from "../../core/context/select-pieces";
import type { Log } from "../../core/log";
import type { SyntaxSource } from "../../core/run/syntax-source";
import type { ContextPiece, ListedPiece } from "../../protocol/context";
import { takeTarget } from "../documents/targets";
import type { WorkspaceProjects } from "./workspace-projects";

export interface DeskParts {
  readonly projects: WorkspaceProjects;
  sources(): Promise<readonly ContextSource[]>;
  readonly syntax: SyntaxSource;
  readonly extraTokens: () => number;
  readonly log: Log;
}

/** What the panel shows before a question is sent. */
export interface ContextList {
  /** The file that the question would be about; absent where there is none. */
  readonly path?: string;
  readonly pieces: readonly ListedPiece[];
}

/**
 * A list follows the cursor with this delay: whoever moves on wants none for the places between.
 */
const settleMs = 400;
/** What fits is known when the model is; until then this is as good as any. */
const assumedRoomTokens = 4_000;

/**
 * What the person wants of context: what they crossed out and pinned, for the life of the window,
 * and the list of what would go along with a question, as long as somebody looks at it.
 */
export class ContextDesk implements ContextSource, Disposable {
  readonly name = "pinned";
  readonly #parts: DeskParts;
  readonly #crossed = new Set<string>();
  readonly #pinned = new Map<string, ContextPiece>();
  #following: Disposable[] = [];
  #show: (list: ContextList) => void = () => {};
  #text: string | undefined;
  #path: string | undefined;
  #found: ContextFindings | undefined;
  #listed: typeof listedPieces | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** The question names something that it did not name before. */
  #isOther = false;
  #looking = new AbortController();

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  get choices(): PieceChoices {
    return { crossed: this.#crossed, pinned: new Set(this.#pinned.keys()) };
  }

  /** Who shows the list. */
  onList(show: (list: ContextList) => void): void {
    this.#show = show;
  }

  /** Somebody looks at the list, with this question in the box; undefined: nobody does. */
  look(text: string | undefined): void {
    const before = this.#text;
    this.#text = text;
    if (text === undefined) {
      this.#stopLooking();
      return;
    }
    if (before === undefined) this.#follow();
    if (before !== undefined && !isOtherwise(before, text)) return;
    this.#isOther = true;
    this.#lookSoon(0);
  }

  cross(pieceId: string): void {
    if (!this.#crossed.delete(pieceId)) this.#crossed.add(pieceId);
    this.#pinned.delete(pieceId);
    this.#tell();
  }

  pin(pieceId: string): void {
    const piece = this.#found?.pieces.find(({ id }) => id === pieceId);
    if (!this.#pinned.delete(pieceId) && piece !== undefined) this.#pinned.set(pieceId, piece);
    this.#crossed.delete(pieceId);
    this.#tell();
  }

  /** What was pinned elsewhere goes along here too, as it is now. */
  async find(_query: ContextQuery, signal: AbortSignal): Promise<ContextFindings> {
    const pieces = await Promise.all([...this.#pinned.values()].map((each) => this.#asItIs(each)));
    signal.throwIfAborted();
    return { pieces: pieces.filter((piece) => piece !== undefined), dropped: [] };
  }

  dispose(): void {
    this.#stopLooking();
  }

  async #asItIs(piece: ContextPiece): Promise<ContextPiece | undefined> {
    const { projects } = this.#parts;
    if (piece.file === undefined || piece.range === undefined) return piece;
    const file = await projects.read(Uri.parse(piece.file.uri));
    if (file === undefined) return undefined;
    if (file.text === piece.file.text) return piece;
    const outline = await projects.outlines.outline(file.languageId, file.text);
    const symbol = outline?.find(
      ({ name, container }) =>
        piece.name === (container === undefined ? name : `${container}.${name}`),
    );
    if (outline === undefined || symbol === undefined) return undefined;
    const { kind, source, reason, value } = piece;
    const fresh = definitionPiece({
      file,
      symbol,
      outline,
      kind,
      source,
      reason,
      value,
      isPointedAt: true,
      mayEdit: piece.editable,
    });
    return { ...fresh, id: piece.id };
  }

  /** While nobody looks, whoever types pays for nothing. */
  #follow(): void {
    const soon = (): void => this.#lookSoon();
    this.#following = [
      window.onDidChangeActiveTextEditor(soon),
      window.onDidChangeTextEditorSelection(soon),
      workspace.onDidChangeTextDocument(soon),
    ];
  }

  #lookSoon(delayMs = settleMs): void {
    if (this.#text === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#lookNow(), delayMs);
  }

  async #lookNow(): Promise<void> {
    const text = this.#text;
    if (text === undefined) return;
    this.#looking.abort();
    const looking = new AbortController();
    this.#looking = looking;
    const { sources, syntax, log } = this.#parts;
    try {
      const target = await takeTarget(undefined, "ask");
      const known = await syntax.context(target, looking.signal).catch(() => undefined);
      // To ask the terminal takes the clipboard, which is nothing to do at each rest of the cursor.
      const terminal = this.#isOther ? undefined : this.#found?.pieces.find(isOfTerminal);
      const mentions = mentionsIn(text).filter((each) => this.#isOther || !isOfTerminal(each));
      const query = { action: "ask", target, syntax: known, mentions } as const;
      // Loaded with the first look: it writes the pieces as the model would read them.
      this.#listed ??= (await import("../../core/context/listed-pieces")).listedPieces;
      const found = await gather(await sources(), query, looking.signal, log);
      this.#isOther = false;
      this.#found = terminal ? { ...found, pieces: [...found.pieces, terminal] } : found;
      this.#tell(target.path);
    } catch {
      // Nothing is in front that could be asked about, or the cursor has moved on.
      if (!looking.signal.aborted) this.#show({ pieces: [] });
    }
  }

  #tell(path = this.#path): void {
    this.#path = path;
    if (this.#found === undefined || this.#listed === undefined) return;
    const limits = { extraTokens: this.#parts.extraTokens(), roomTokens: assumedRoomTokens };
    const pieces = this.#listed(this.#found, this.choices, limits);
    this.#show({ pieces, ...(path === undefined ? {} : { path }) });
  }

  #stopLooking(): void {
    for (const each of this.#following.splice(0)) each.dispose();
    clearTimeout(this.#timer);
    this.#looking.abort();
  }
}

function isOfTerminal({ kind }: { readonly kind: string }): boolean {
  return kind === "terminal";
}

function isOtherwise(before: string, text: string): boolean {
  return !sameData(mentionsIn(before), mentionsIn(text));
}
