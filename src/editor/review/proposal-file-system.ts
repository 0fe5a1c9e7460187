import {
  Disposable,
  EventEmitter,
  type FileChangeEvent,
  FileChangeType,
  FilePermission,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  type Uri,
  workspace,
} from "vscode";
import { byteOrderMark } from "../../base/text/lines";
import { proposalPlace } from "./proposal-uris";

interface HeldFile {
  readonly text: string;
  readonly createdAt: number;
  readonly changedAt: number;
}

/**
 * The proposed side of a review as a writable document in memory: so the editor's own Revert Block,
 * F7 and typing work on it, and the person's file is not touched. What is not held is asked for: a
 * window that was reloaded finds its diffs as they were.
 */
export class ProposalFileSystem implements FileSystemProvider {
  readonly #resolve: (uri: Uri) => Promise<string | undefined>;
  readonly #languageOf: (uri: Uri) => string | undefined;
  readonly #held = new Map<string, HeldFile>();
  readonly #changed = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  /** @param languageOf the language that a proposal's file has, where it is known. */
  constructor(
    resolve: (uri: Uri) => Promise<string | undefined>,
    languageOf: (uri: Uri) => string | undefined,
  ) {
    this.#resolve = resolve;
    this.#languageOf = languageOf;
  }

  /** The text as it was last saved here. */
  async textOf(uri: Uri): Promise<string> {
    return (await this.#find(uri)).text;
  }

  forget(uri: Uri): void {
    if (this.#held.delete(uri.toString()))
      this.#changed.fire([{ type: FileChangeType.Deleted, uri }]);
  }

  async stat(uri: Uri): Promise<FileStat> {
    const { text, createdAt, changedAt } = await this.#find(uri);
    const size = Buffer.byteLength(this.#mark(uri) + text);
    const stat = { type: FileType.File, ctime: createdAt, mtime: changedAt, size };
    return proposalPlace(uri)?.side === "base"
      ? { ...stat, permissions: FilePermission.Readonly }
      : stat;
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    const { text } = await this.#find(uri);
    return Buffer.from(this.#mark(uri) + text);
  }

  async writeFile(uri: Uri, content: Uint8Array): Promise<void> {
    const before = await this.#find(uri);
    // The decoder drops the mark.
    const text = new TextDecoder().decode(content);
    this.#held.set(uri.toString(), {
      ...before,
      text,
      changedAt: Math.max(Date.now(), before.changedAt + 1),
    });
    this.#changed.fire([{ type: FileChangeType.Changed, uri }]);
  }

  /**
   * The mark makes the editor read UTF-8 where the person's settings name another encoding for such
   * a file, or have it guessed. Elsewhere it would only make the status bar tell of a mark that the
   * file has not.
   */
  #mark(uri: Uri): string {
    const languageId = this.#languageOf(uri);
    const files = workspace.getConfiguration(
      "files",
      languageId === undefined ? uri : { uri, languageId },
    );
    return files.get("encoding") === "utf8" && files.get("autoGuessEncoding") !== true
      ? ""
      : byteOrderMark;
  }

  watch(): Disposable {
    return new Disposable(() => {});
  }

  readDirectory(uri: Uri): never {
    throw FileSystemError.FileNotFound(uri);
  }

  createDirectory(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  delete(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  rename(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  async #find(uri: Uri): Promise<HeldFile> {
    const key = uri.toString();
    const held = this.#held.get(key);
    if (held !== undefined) return held;
    const text = await this.#resolve(uri);
    if (text === undefined) throw FileSystemError.FileNotFound(uri);
    const now = Date.now();
    const file = this.#held.get(key) ?? { text, createdAt: now, changedAt: now };
    this.#held.set(key, file);
    return file;
  }
}
