import type { LanguageFacts, StringRule } from "./languages/language-facts";

/**
 * A text with its comments and strings blanked, so that what is left is code; positions stay as
 * they are.
 */
export interface MaskedText {
  /**
   * Comments are spaces, the insides of strings `\u00b7`, preprocessor lines spaces; line ends are
   * kept.
   */
  readonly code: string;
  /**
   * For each line: 0 code or blank, 1 the line holds nothing but a comment (or its middle), 2 its
   * start is inside a string.
   */
  readonly lineKinds: Uint8Array;
}

const inString = "\u00b7";

/** Undefined where the text does not end outside of everything, so that nothing is sure. */
export function maskedText(text: string, facts: LanguageFacts): MaskedText | undefined {
  if (facts.script !== undefined) return maskedMarkup(text, facts.script);
  const scan = new Scan(text, facts);
  if (!scan.code(0, undefined)) return undefined;
  return { code: scan.out.join(""), lineKinds: scan.lineKinds() };
}

/**
 * Markup that holds a script: the script's code is code, all else counts as the inside of a string,
 * comments apart.
 */
function maskedMarkup(text: string, script: LanguageFacts): MaskedText | undefined {
  let code = text.replace(/[^\n]/g, inString);
  const lineKinds = new Uint8Array(text.split("\n").length);
  const lineOf = (offset: number): number => text.slice(0, offset).split("\n").length - 1;
  const blocks = [...text.matchAll(/^<script\b[^>]*>\n([\s\S]*?)^<\/script>/gm)];
  for (const match of blocks) {
    const body = match[1] ?? "";
    const start = match.index + match[0].indexOf(">\n") + 2;
    const inner = maskedText(body, script);
    if (inner === undefined) return undefined;
    code = code.slice(0, start) + inner.code + code.slice(start + body.length);
    lineKinds.set(
      inner.lineKinds.slice(0, Math.max(0, body.split("\n").length - 1)),
      lineOf(start),
    );
  }
  for (const match of text.matchAll(/^[ \t]*<!--[\s\S]*?-->[ \t]*$/gm)) {
    const first = lineOf(match.index);
    for (let line = first; line <= lineOf(match.index + match[0].length); line++)
      lineKinds[line] = 1;
  }
  return { code, lineKinds };
}

class Scan {
  readonly #text: string;
  readonly #facts: LanguageFacts;
  readonly out: string[];
  readonly #stringLines = new Set<number>();
  readonly #commentChars: Uint8Array;
  #at = 0;

  constructor(text: string, facts: LanguageFacts) {
    this.#text = text;
    this.#facts = facts;
    this.out = text.split("");
    this.#commentChars = new Uint8Array(text.length);
  }

  /** Reads code up to the end, or to the closer of a hole in a string. */
  code(from: number, closer: string | undefined): boolean {
    this.#at = from;
    let depth = 0;
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at] ?? "";
      if (closer !== undefined) {
        if (char === "(" || char === "{") depth++;
        if (char === ")" || char === "}") {
          if (depth === 0) return char === closer;
          depth--;
        }
      }
      if (this.#comment() || this.#directive()) continue;
      const special = this.#special(char);
      if (special === false) return false;
      if (special === true) continue;
      const rule = this.#facts.strings?.find((one) => this.#text.startsWith(one.open, this.#at));
      if (rule === undefined) this.#at++;
      else if (!this.#string(rule)) return false;
    }
    return closer === undefined;
  }

  lineKinds(): Uint8Array {
    const lines = this.#text.split("\n");
    const kinds = new Uint8Array(lines.length);
    let offset = 0;
    for (const [index, line] of lines.entries()) {
      const first = offset + line.length - line.trimStart().length;
      const last = offset + line.trimEnd().length - 1;
      if (this.#stringLines.has(offset)) kinds[index] = 2;
      else if (line.trim() !== "" && this.#allComment(first, last)) kinds[index] = 1;
      offset += line.length + 1;
    }
    return kinds;
  }

  #allComment(first: number, last: number): boolean {
    for (let at = first; at <= last; at++) {
      if (this.#commentChars[at] !== 1 && !/\s/.test(this.#text[at] ?? "")) return false;
    }
    return true;
  }

  #blank(from: number, to: number, filler: string): void {
    for (let at = from; at < to && at < this.#text.length; at++) {
      if (this.#text[at] !== "\n") this.out[at] = filler;
      else if (filler === inString) this.#stringLines.add(at + 1);
      if (filler === " ") this.#commentChars[at] = 1;
    }
  }

  #comment(): boolean {
    const { line = [], block = [], nestedBlocks } = this.#facts;
    for (const [open, close] of block) {
      if (!this.#text.startsWith(open, this.#at)) continue;
      let end = this.#at + open.length;
      for (let depth = 1; depth > 0; ) {
        const next = this.#text.indexOf(close, end);
        if (next < 0) {
          this.#blank(this.#at, this.#text.length, " ");
          this.#at = this.#text.length + 1;
          return true;
        }
        const inner = nestedBlocks ? this.#text.indexOf(open, end) : -1;
        if (inner >= 0 && inner < next) {
          depth++;
          end = inner + open.length;
        } else {
          depth--;
          end = next + close.length;
        }
      }
      this.#blank(this.#at, end, " ");
      this.#at = end;
      return true;
    }
    const prefix = line.find((one) => this.#text.startsWith(one, this.#at));
    if (prefix === undefined || !this.#startsComment(prefix)) return false;
    const end = this.#lineEnd();
    this.#blank(this.#at, end, " ");
    this.#at = end;
    return true;
  }

  #startsComment(prefix: string): boolean {
    if (prefix !== "#") return true;
    const before = this.#text[this.#at - 1] ?? "\n";
    switch (this.#facts.id) {
      case "php":
        return this.#text[this.#at + 1] !== "[";
      case "python":
      case "toml":
        return true;
      default:
        return /\s/.test(before);
    }
  }

  #lineEnd(): number {
    const end = this.#text.indexOf("\n", this.#at);
    return end < 0 ? this.#text.length : end;
  }

  #directive(): boolean {
    if (this.#facts.id !== "c" && this.#facts.id !== "cpp" && this.#facts.id !== "csharp")
      return false;
    if (this.#text[this.#at] !== "#") return false;
    const start = this.#text.lastIndexOf("\n", this.#at - 1) + 1;
    if (this.#text.slice(start, this.#at).trim() !== "") return false;
    let end = this.#lineEnd();
    while (this.#text[end - 1] === "\\" && end < this.#text.length) {
      const next = this.#text.indexOf("\n", end + 1);
      end = next < 0 ? this.#text.length : next;
    }
    this.#blank(this.#at, end, " ");
    for (let at = this.#at; at < end; at++) this.#commentChars[at] = 0;
    this.#at = end;
    return true;
  }

  /**
   * What only one language has; undefined where there is nothing of the kind, false where it cannot
   * be read.
   */
  #special(char: string): boolean | undefined {
    const { id } = this.#facts;
    const rest = this.#text.slice(this.#at, this.#at + 40);
    if ((id === "javascript" || id.startsWith("typescript")) && char === "/") return this.#regex();
    if (id === "rust") {
      const raw = /^(?:b?r(#*)")/.exec(rest);
      if (raw && !/\w/.test(this.#text[this.#at - 1] ?? "")) {
        const close = `"${raw[1] ?? ""}`;
        return this.#upTo(this.#at + raw[0].length, close);
      }
      if (char === "'") {
        const literal = /^'(?:\\(?:u\{[^}]*\}|x..|.)|[^\\'])'/u.exec(rest);
        if (literal) return this.#skip(literal[0].length);
        return this.#step(1);
      }
    }
    if (id === "cpp" && char === "R") {
      const raw = /^R"([^\s()\\]{0,16})\(/.exec(rest);
      if (raw) return this.#upTo(this.#at + raw[0].length, `)${raw[1] ?? ""}"`);
    }
    if (
      (id === "c" || id === "cpp" || id === "csharp") &&
      char === "'" &&
      /[0-9a-fA-F]/.test(this.#text[this.#at - 1] ?? "")
    ) {
      return this.#step(1);
    }
    if (id === "php" && rest.startsWith("<<<")) {
      const here = /^<<<[ \t]*["']?(\w+)["']?[ \t]*\n/.exec(rest);
      if (here) {
        const end = new RegExp(`^[ \\t]*${here[1]}\\b`, "m");
        const from = this.#at + here[0].length;
        const found = end.exec(this.#text.slice(from));
        if (!found) return false;
        this.#blank(this.#at, from + found.index + found[0].length, inString);
        this.#at = from + found.index + found[0].length;
        return true;
      }
    }
    if (
      id === "groovy" &&
      char === "/" &&
      /[=(,]\s*$/.test(this.#text.slice(Math.max(0, this.#at - 10), this.#at))
    ) {
      return this.#regex();
    }
    if ((id === "scala" || id === "kotlin" || id === "swift") && char === "'") {
      const literal = /^'(?:\\(?:u[0-9a-fA-F]{4}|.)|[^\\'\n])'/.exec(rest);
      return literal ? this.#skip(literal[0].length) : this.#step(1);
    }
    if (
      id === "perl" &&
      (char === "'" || char === '"' || char === "`") &&
      /[$\w]/.test(this.#text[this.#at - 1] ?? "")
    ) {
      return this.#step(1);
    }
    return undefined;
  }

  #step(length: number): true {
    this.#at += length;
    return true;
  }

  #skip(length: number): true {
    this.#blank(this.#at, this.#at + length, inString);
    this.#at += length;
    return true;
  }

  #upTo(from: number, close: string): boolean {
    const end = this.#text.indexOf(close, from);
    if (end < 0) return false;
    this.#blank(this.#at, end + close.length, inString);
    this.#at = end + close.length;
    return true;
  }

  #regex(): boolean | undefined {
    const before = this.out
      .slice(Math.max(0, this.#at - 60), this.#at)
      .join("")
      .trimEnd();
    const starts =
      before === "" ||
      /[(,=:[!&|?{};+\-*%<>~^]$/.test(before) ||
      /\b(?:return|typeof|case|in|of|void|delete)$/.test(before);
    if (!starts) return undefined;
    const literal = /^\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/.exec(
      this.#text.slice(this.#at, this.#lineEnd()),
    );
    if (!literal) return undefined;
    return this.#skip(literal[0].length);
  }

  #string(rule: StringRule): boolean {
    const start = this.#at;
    let at = start + rule.open.length;
    let blanked = start + rule.open.length;
    while (at < this.#text.length) {
      if (this.#text.startsWith(rule.close, at)) {
        this.#blank(blanked, at, inString);
        this.#at = at + rule.close.length;
        return true;
      }
      const char = this.#text[at];
      if (rule.hole !== undefined && this.#text.startsWith(rule.hole, at)) {
        this.#blank(blanked, at, inString);
        if (!this.code(at + rule.hole.length, rule.hole.endsWith("{") ? "}" : ")")) return false;
        at = this.#at + 1;
        blanked = at;
        continue;
      }
      if (char === "\\" && rule.escapes) {
        at += 2;
        continue;
      }
      if (char === "\n" && !rule.manyLines) return false;
      at++;
    }
    return false;
  }
}
