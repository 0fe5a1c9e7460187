import { posix } from "node:path";
import { t } from "../base/l10n";
import { withLineFeeds } from "../base/text/lines";
import type { ContextFindings, ContextQuery, ContextSource } from "../core/context/context-source";
import { definitionPiece } from "../core/context/definition-pieces";
import { holdsSecrets } from "../core/context/file-rules";
import { type Mention, mentionText } from "../core/context/mentions";
import { restOf } from "../core/context/select-pieces";
import type { ContextPiece, DroppedPiece, PieceFile } from "../protocol/context";
import type { SymbolInfo } from "../protocol/syntax";
import { isSameFamily } from "./import-targets";
import { type ProjectParts, readPiece } from "./project-parts";

/** What a person named is worth some patience. */
export const namedLimitMs = 2_000;
const outlinedFiles = 40;
const readForSymbol = 400;
/** The head of a larger file goes along, and it is said. */
const mostCharacters = 24_000;
/** More letters than those, however many bytes each takes. */
const headBytes = 4 * mostCharacters;

type Named = Extract<Mention, { name: string }>;
type Answer = ContextPiece | DroppedPiece["why"];

/**
 * The files, folders and symbols that the person named. A file that is named may be ignored or hold
 * secrets: those are hidden.
 */
export class MentionSource implements ContextSource {
  readonly name = "mentions";
  readonly limitMs = namedLimitMs;
  readonly #parts: ProjectParts;

  constructor(parts: ProjectParts) {
    this.#parts = parts;
  }

  async find({ mentions, target }: ContextQuery, signal: AbortSignal): Promise<ContextFindings> {
    const pieces: ContextPiece[] = [];
    const dropped: DroppedPiece[] = [];
    for (const mention of mentions) {
      if (!("name" in mention)) continue;
      signal.throwIfAborted();
      const answer = await this.#answer(mention, target.path, signal);
      if (typeof answer === "string") {
        dropped.push({ id: mentionText(mention), title: mentionText(mention), why: answer });
        continue;
      }
      pieces.push(answer);
      if (answer.kind === "file" && answer.range === undefined) dropped.push(restOf(answer));
    }
    return { pieces, dropped };
  }

  async #answer(mention: Named, from: string, signal: AbortSignal): Promise<Answer> {
    switch (mention.kind) {
      case "file":
        return await this.#file(mention.name);
      case "folder":
        return await this.#folder(mention.name, signal);
      case "symbol":
        return await this.#symbol(mention.name, from, signal);
      default:
        return mention.kind satisfies never;
    }
  }

  async #file(name: string): Promise<Answer> {
    const path = this.#parts.listedPath(posix.normalize(name));
    const file = path === undefined ? undefined : await readPiece(this.#parts, path, headBytes);
    if (file === undefined) return "missing";
    return filePiece(file);
  }

  async #folder(name: string, signal: AbortSignal): Promise<Answer> {
    const folder = this.#parts.listedPath(posix.normalize(name).replace(/\/$/, ""));
    if (folder === undefined) return "missing";
    const prefix = folder === "" || folder === "." ? "" : `${folder}/`;
    const inside = (await this.#parts.files.list(signal)).filter((path) => path.startsWith(prefix));
    if (inside.length === 0)
      return prefix !== "" && (await this.#parts.files.isIgnored(prefix)) ? "ignored" : "missing";
    const lines: string[] = [];
    for (const [index, path] of inside.slice(0, 200).entries()) {
      signal.throwIfAborted();
      const file =
        index < outlinedFiles && !holdsSecrets(path)
          ? await readPiece(this.#parts, path)
          : undefined;
      const outline = file && (await this.#outline(file));
      lines.push(`- ${path.slice(prefix.length)}`, ...(outline ?? []).slice(0, 12).map(memberLine));
    }
    if (inside.length > 200) lines.push(`- and ${inside.length - 200} more files`);
    return {
      id: `folder:${name}`,
      kind: "folder",
      title: t("outline of {0}", name),
      path: name,
      text: lines.join("\n"),
      source: "person",
      reason: t("You named it."),
      value: 1,
      editable: false,
    };
  }

  /**
   * `Basket.total`, or a name alone; where several have it, the one nearest to the request's file.
   */
  async #symbol(name: string, from: string, signal: AbortSignal): Promise<Answer> {
    const short = name.split(/\.|::|#/).at(-1) ?? name;
    const own = this.#parts.listedPath(from) ?? "";
    const all = (await this.#parts.files.list(signal)).filter((path) => !holdsSecrets(path));
    const likely = [
      ...all.filter((path) => path === own),
      ...all.filter((path) => path !== own && isSameFamily(path, own)),
      ...all.filter((path) => path !== own && !isSameFamily(path, own)),
    ];
    for (const path of likely.slice(0, readForSymbol)) {
      signal.throwIfAborted();
      const file = await readPiece(this.#parts, path);
      if (file === undefined || !file.text.includes(short)) continue;
      const outline = (await this.#outline(file)) ?? [];
      const symbol = outline.find((each) => isNamed(each, name, short));
      if (symbol === undefined) continue;
      return definitionPiece({
        file,
        symbol,
        outline,
        kind: "symbol",
        source: "person",
        reason: t("You named it."),
        value: 1,
        isPointedAt: true,
        mayEdit: true,
      });
    }
    return "missing";
  }

  async #outline(file: PieceFile): Promise<readonly SymbolInfo[] | undefined> {
    return await this.#parts.outlines.outline(file.languageId, file.text).catch(() => undefined);
  }
}

/** A whole file as a piece; of a very large one its beginning. */
function filePiece(file: PieceFile): ContextPiece {
  const isWhole = file.text.length <= mostCharacters;
  const text = isWhole
    ? withLineFeeds(file.text).replace(/\n$/, "")
    : `${file.text.slice(0, mostCharacters)}\n…`;
  const lines = text.split("\n");
  return {
    id: `file:${file.path}`,
    kind: "file",
    title: file.path,
    path: file.path,
    ...(isWhole && {
      range: {
        start: { line: 0, character: 0 },
        end: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 },
      },
    }),
    languageId: file.languageId,
    text,
    source: "person",
    reason: t("You named it."),
    value: 1,
    editable: isWhole,
    ...(isWhole && { file }),
  };
}

function memberLine({ signature, container }: SymbolInfo): string {
  return `${container === undefined ? "  " : "    "}- \`${signature}\``;
}

function isNamed(symbol: SymbolInfo, name: string, short: string): boolean {
  if (symbol.name !== short) return false;
  return (
    name === short || name.replace(/::|#/g, ".") === `${symbol.container ?? ""}.${symbol.name}`
  );
}
