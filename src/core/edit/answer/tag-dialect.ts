import { lastLine, lineAt } from "../../../base/text/lines";
import { says } from "../text/lines";
import { thresholds } from "../thresholds";
import { type AnswerEdit, codeEdit, cutOff, replaceEdit } from "./answer-edit";
import {
  closed,
  type Dialect,
  givenBack,
  more,
  type Reader,
  type Seen,
  type Step,
} from "./dialect";
import { fenceLineOf } from "./fence-line";
import { markerOf } from "./markers";
import { isPath } from "./named-path";
import type { OwnText } from "./own-text";
import { isPatchStart } from "./read-diff";

const oldKey =
  /^(?:search|find|old|old_?(?:code|str|string|text|content|lines)|original|before|wrong|incorrect|remove|delete|current)$/;
const newKey =
  /^(?:replace|replacement|replace_?with|new|new_?(?:code|str|string|text|content|lines)|modified|updated|after|right|correct|corrected|fixed|fix|insert|add)$/;
/** What holds a file or code, when it stands on a line of its own. */
const codeKey =
  /^(?:content|contents|code|source|file|(?:file|new|full|updated)_?(?:content|contents|text|file|code)|write_to_file|create_file|artifact|antartifact|boltaction)$/;
const aroundKey =
  /^(?:edits?|changes?|diff|suggestion|replace_in_file|apply_diff|str_replace|patch)$/;
const pathKey = /^(?:(?:file_?)?path|file_?name|target_file)$/;
const oldLabel =
  /^\s*(?:the\s+)?(?:wrong|old|original|incorrect|buggy|bad|current)\s+(?:line|code|lines)\s*(?:is\s*)?:\s*/i;
const newLabel =
  /^\s*(?:the\s+)?(?:right|new|correct(?:ed)?|fixed|good|updated)\s+(?:line|code|lines)\s*(?:is\s*)?:\s*/i;

type Role = "old" | "new" | "code";

interface Part {
  readonly role: Role;
  readonly lines: readonly string[];
  readonly path: string | undefined;
}

/** Invented tags, or a tool's: an old and a new text by their names or labels, or a whole file. */
export class Tags implements Dialect {
  /** An old text that waits for its new one. */
  #old: Part | undefined;

  opens(line: string, seen: Seen): Reader | undefined {
    const tag = knownTag(line, seen.own);
    if (!tag) return undefined;
    // Without an old text before it, new content is all there is.
    const isFile = tag.role === "new" && !this.#old && codeKey.test(tag.key);
    const known = isFile ? { ...tag, role: "code" as const } : tag;
    return new TagReader(known, seen, (part) => this.#editsOf(part));
  }

  #editsOf(part: Part): AnswerEdit[] {
    const old = this.#old;
    this.#old = part.role === "old" ? part : undefined;
    if (part.role !== "new" || !old) return [];
    const path = part.path ?? old.path;
    return [replaceEdit("tags", { search: old.lines, replace: part.lines }, path)];
  }
}

function knownTag(line: string, own: OwnText): (TagLine & { role: Role | undefined }) | undefined {
  let tag = tagLineOf(line);
  let path: string | undefined;
  for (let depth = 0; tag && aroundKey.test(tag.key) && tag.behind.trim() !== ""; depth++) {
    if (depth > thresholds.few) return undefined;
    path ??= tag.path;
    tag = tagLineOf(tag.behind);
  }
  if (!tag || own.mentions(`<${tag.name}`)) return undefined;
  path = tag.path ?? path;
  if (oldKey.test(tag.key)) return { ...tag, path, role: "old" };
  if (newKey.test(tag.key)) return { ...tag, path, role: "new" };
  const isAlone = /^\s*(?:<!\[CDATA\[|$)/.test(tag.behind);
  const holds = isAlone && (codeKey.test(tag.key) || tag.path !== undefined);
  return holds ? { ...tag, path, role: "code" } : undefined;
}

class TagReader implements Reader {
  readonly #tag: TagLine & { readonly role: Role | undefined };
  readonly #seen: Seen;
  readonly #editsOf: (part: Part) => AnswerEdit[];
  readonly #lines: string[] = [];
  readonly #closing: string;
  readonly #path: string | undefined;
  readonly #label: string;
  #saysSomething = false;

  constructor(
    tag: TagLine & { readonly role: Role | undefined },
    seen: Seen,
    editsOf: (part: Part) => AnswerEdit[],
  ) {
    this.#tag = tag;
    this.#seen = seen;
    this.#editsOf = editsOf;
    this.#closing = `</${tag.name.toLowerCase()}>`;
    this.#path = tag.path ?? seen.above.path;
    this.#label = seen.above.label;
  }

  push(line: string): Step {
    const isFirst = this.#lines.length === 0;
    const text = isFirst ? this.#tag.behind : line;
    const end = text.toLowerCase().indexOf(this.#closing);
    if (end < 0 && !isFirst && this.#isOtherDialect(line)) {
      // The tag only stands around it; what it says of the path is above what follows.
      for (const above of this.#lines) this.#seen.above.push(above);
      return closed([], [line]);
    }
    this.#lines.push(line);
    if (!isFirst && line.trim() !== "") this.#saysSomething = true;
    if (end < 0) return more;
    const behind = text.slice(end + this.#closing.length);
    const inner = [...this.#inner().slice(0, -1), text.slice(0, end)];
    return closed(this.#read(inner), behind.trim() === "" ? [] : [behind]);
  }

  end(truncated: boolean): Step {
    if (!truncated) return givenBack(this.#lines);
    return closed([cutOff(this.#lines)]);
  }

  #inner(): string[] {
    return [this.#tag.behind, ...this.#lines.slice(1)];
  }

  /** A block or a patch has marks of its own; so has code in a fence that nothing stands above. */
  #isOtherDialect(line: string): boolean {
    const isBlock = markerOf(line) === "open" && !this.#seen.own.has(line);
    if (isBlock || isPatchStart(line)) return true;
    if (this.#tag.role !== "code" || this.#saysSomething) return false;
    return fenceLineOf(line) !== undefined || this.#isTagOfEdit(line);
  }

  #isTagOfEdit(line: string): boolean {
    const key = tagLineOf(line)?.key ?? "";
    const isAround = pathKey.test(key) || aroundKey.test(key);
    return isAround || knownTag(line, this.#seen.own) !== undefined;
  }

  #read(inner: readonly string[]): AnswerEdit[] {
    const text = withoutCharacterData(inner.join("\n"));
    const old = oldLabel.exec(text);
    const fresh = newLabel.exec(text);
    const label = this.#tag.role === "code" ? null : (old ?? fresh);
    const lines = linesOf(label ? text.slice(label[0].length) : text);
    const path = this.#path;
    if (this.#tag.role === "code") return this.#code(lines);
    const role = old ? "old" : fresh ? "new" : this.#tag.role;
    return role === undefined ? [] : this.#editsOf({ role, lines, path });
  }

  #code(lines: readonly string[]): AnswerEdit[] {
    if (!lines.some(says)) return [];
    const path = this.#path;
    const claims = { language: this.#tag.language ?? "", label: this.#label, path };
    return [codeEdit(lines, { ...claims, marked: path !== undefined })];
  }
}

function withoutCharacterData(text: string): string {
  const inner = text.trim();
  const isData = inner.startsWith("<![CDATA[") && inner.endsWith("]]>");
  return isData ? inner.slice("<![CDATA[".length, -"]]>".length) : text;
}

function linesOf(text: string): string[] {
  const lines = text.split("\n");
  if (lines.length > 1 && lines[0]?.trim() === "") lines.shift();
  if (lines.length > 1 && lines.at(-1)?.trim() === "") lines.pop();
  const fence = fenceLineOf(lineAt(lines, 0));
  if (!fence || lines.length < 2) return lines;
  return lines.slice(1, fenceLineOf(lastLine(lines))?.info === "" ? -1 : undefined);
}

interface TagLine {
  /** As written: what its closing tag has too. */
  readonly name: string;
  /** In small letters: `old_str` of `<old_str>` and of `<parameter name="old_str">`. */
  readonly key: string;
  readonly path: string | undefined;
  readonly language: string | undefined;
  readonly behind: string;
}

const opening = /^\s*<([A-Za-z][\w.:-]{0,40})([\s=][^<>]{0,400})?>/;
const pathValue =
  /\b(?:path|file|file_?path|file_?name|name|title)\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)')/gi;
const languageValue = /\blang(?:uage)?\s{0,9}=\s{0,9}["']?([\w+#-]+)/i;
const parameterName = /^(?:=\s{0,9}|\s.{0,200}?\bname\s{0,9}=\s{0,9}["']?)([\w-]+)/;

/** The tag that the line opens with; undefined for one that closes itself. */
function tagLineOf(line: string): TagLine | undefined {
  const match = opening.exec(line);
  if (!match) return undefined;
  const [all, name = "", attributes = ""] = match;
  if (attributes.endsWith("/")) return undefined;
  const parameter = /^(?:parameter|param|arg|argument|field)$/i.test(name);
  const key = (parameter && parameterName.exec(attributes)?.[1]) || name;
  const path = [...attributes.matchAll(pathValue)]
    .flatMap(([, quoted, bare]) => quoted ?? bare ?? [])
    .find(isPath);
  const language = languageValue.exec(attributes)?.[1];
  return {
    name,
    key: key.toLowerCase(),
    path,
    language: language?.toLowerCase(),
    behind: line.slice(all.length),
  };
}
