export type ThinkPiece =
  | { readonly kind: "thought"; readonly text: string }
  | { readonly kind: "answer"; readonly text: string }
  /** Everything given out as answer so far was reasoning. */
  | { readonly kind: "answerWasThought" };

const openTag = "<think>";
const closeTag = "</think>";

/**
 * Where the splitter stands. `start`: only white space and thoughts so far, so that a tag would open a thought. `inside` a thought.
 * `unmarked`: answer text without any tag before it, so that a closing tag would make it a thought. `answer`: past the thoughts,
 * tags are text. The daemon's own field, once seen, means `answer` too.
 */
type State = "start" | "inside" | "unmarked" | "answer";

/**
 * Tells reasoning from answer in a stream whose tags may be split at any character. Used only as long as the daemon does not tell
 * them apart itself: call `fieldSeen` when it does.
 */
export class ThinkTagSplitter {
  #state: State;
  /** Text that may be the beginning of a tag, or white space that belongs to one. */
  #held = "";
  #sawThought = false;
  /** White space around tags is no part of the text: dropped until the first visible character. */
  #trimming = false;
  #fence = new FenceWatch();

  /** @param startsInside whether the request ended with an open `<think>` that the model continues. */
  constructor(startsInside = false) {
    this.#state = startsInside ? "inside" : "start";
    this.#sawThought = startsInside;
  }

  push(text: string): ThinkPiece[] {
    const pieces: ThinkPiece[] = [];
    this.#held += text;
    while (this.#step(pieces)) {}
    return pieces;
  }

  /** The end of the stream: what was held back as a possible tag is text. */
  end(): ThinkPiece[] {
    const pieces: ThinkPiece[] = [];
    if (this.#state === "start") this.#state = "unmarked";
    this.#emit(pieces, this.#held);
    this.#held = "";
    return pieces;
  }

  /** The daemon separates the thinking itself: what was held back is given out, and everything from here on is answer. */
  fieldSeen(): ThinkPiece[] {
    if (this.#state === "answer") return [];
    const pieces = this.#held.trim() === "" ? [] : this.end();
    this.#held = "";
    this.#state = "answer";
    this.#trimming = false;
    return pieces;
  }

  /** Takes one decision on the held text; false when more text is needed. */
  #step(pieces: ThinkPiece[]): boolean {
    switch (this.#state) {
      case "start":
        return this.#stepStart();
      case "inside":
        return this.#stepToClose(pieces, () => true);
      case "unmarked":
        return this.#stepToClose(pieces, (before) => this.#fence.isOrphanAfter(before));
      case "answer":
        if (this.#held === "") return false;
        this.#emit(pieces, this.#held);
        this.#held = "";
        return false;
      default:
        return never(this.#state);
    }
  }

  #stepStart(): boolean {
    const visible = this.#held.trimStart();
    if (visible === "") return false;
    if (visible.startsWith(openTag)) {
      this.#held = visible.slice(openTag.length);
      this.#state = "inside";
      this.#sawThought = true;
      this.#trimming = true;
      return true;
    }
    if (visible.startsWith(closeTag)) {
      // A thought of nothing, closed without having been opened.
      this.#held = visible.slice(closeTag.length);
      this.#sawThought = true;
      this.#trimming = true;
      return true;
    }
    if (openTag.startsWith(visible) || closeTag.startsWith(visible)) return false;
    // After a first thought the answer may begin; without one its text may still turn out to be a thought.
    this.#state = this.#sawThought ? "answer" : "unmarked";
    return true;
  }

  #stepToClose(pieces: ThinkPiece[], isClosing: (before: string) => boolean): boolean {
    const at = this.#held.indexOf(closeTag);
    if (at < 0) {
      const keep = heldBack(this.#held, closeTag);
      this.#emit(pieces, this.#held.slice(0, this.#held.length - keep));
      this.#held = this.#held.slice(this.#held.length - keep);
      return false;
    }
    const before = this.#held.slice(0, at);
    const rest = this.#held.slice(at + closeTag.length);
    if (!isClosing(before)) {
      this.#emit(pieces, before + closeTag);
      this.#held = rest;
      return true;
    }
    // An unmarked thought goes out under the name it had so far, and is renamed as a whole.
    this.#emit(pieces, this.#state === "inside" ? before.trimEnd() : before);
    if (this.#state === "unmarked") pieces.push({ kind: "answerWasThought" });
    this.#state = "start";
    this.#sawThought = true;
    this.#trimming = true;
    this.#held = rest;
    return true;
  }

  #emit(pieces: ThinkPiece[], raw: string): void {
    const text = this.#trimming ? raw.trimStart() : raw;
    if (text === "") return;
    this.#trimming = false;
    if (this.#state === "unmarked") this.#fence.add(text);
    pieces.push({ kind: this.#state === "inside" ? "thought" : "answer", text });
  }
}

/** How many characters at the end of `text` may be the beginning of `tag`. */
function heldBack(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length--) {
    if (tag.startsWith(text.slice(text.length - length))) return length;
  }
  return 0;
}

/**
 * Knows whether the text so far ends inside code. There a `</think>` is part of the code that the answer shows, unless it has
 * a line of its own: a thought may leave its code block open.
 */
class FenceWatch {
  #line = "";
  #inFence = false;

  add(text: string): void {
    const lines = (this.#line + text).split("\n");
    this.#line = lines.pop() ?? "";
    for (const line of lines) if (isFence(line)) this.#inFence = !this.#inFence;
  }

  isOrphanAfter(before: string): boolean {
    const ahead = new FenceWatch();
    ahead.#line = this.#line;
    ahead.#inFence = this.#inFence;
    ahead.add(before);
    if (ahead.#line.trim() === "") return true;
    const insideInlineCode = ahead.#line.split("`").length % 2 === 0;
    return !ahead.#inFence && !insideInlineCode;
  }
}

function isFence(line: string): boolean {
  return /^\s*(```|~~~)/.test(line);
}

function never(value: never): never {
  throw new Error(`not a state: ${String(value)}`);
}
