export interface SplitText {
  readonly thinking: string;
  readonly content: string;
}

/** Where a text begins: open to a thought, within one, right behind one, or in the middle of an answer. */
export type SplitState = "start" | "thinking" | "answerStart" | "answer";

const opening = "<think>";
const closing = "</think>";

/** Length of the longest end of `text` that could grow into `tag`. */
function tailThatMayBe(text: string, tag: string): number {
  for (let length = Math.min(text.length, tag.length - 1); length > 0; length--) {
    if (tag.startsWith(text.slice(text.length - length))) return length;
  }
  return 0;
}

/**
 * Parts a model's text into its thinking and its answer, whatever pieces it comes in. One thought is recognised, at the very start
 * (or running already, when the prompt opened it); a tag later in an answer is text.
 */
export class ThinkSplitter {
  #state: SplitState;
  #held = "";
  #thoughtBegan = false;

  constructor(state: SplitState) {
    this.#state = state;
  }

  get inThought(): boolean {
    return this.#state === "thinking";
  }

  push(text: string): SplitText {
    this.#held += text;
    let thinking = "";
    let content = "";
    for (;;) {
      switch (this.#state) {
        case "start": {
          const trimmed = this.#held.trimStart();
          if (trimmed.startsWith(opening)) {
            this.#held = trimmed.slice(opening.length);
            this.#state = "thinking";
            continue;
          }
          if (opening.startsWith(trimmed)) return { thinking, content };
          this.#state = "answer";
          continue;
        }
        case "thinking": {
          if (!this.#thoughtBegan) {
            this.#held = this.#held.trimStart();
            if (this.#held === "") return { thinking, content };
            this.#thoughtBegan = true;
          }
          const end = this.#held.indexOf(closing);
          if (end >= 0) {
            thinking += this.#held.slice(0, end).trimEnd();
            this.#held = this.#held.slice(end + closing.length);
            this.#state = "answerStart";
            continue;
          }
          // White space before the closing tag belongs to neither, so it waits with a possible tag.
          const keep = tailThatMayBe(this.#held, closing);
          const sure = this.#held.slice(0, this.#held.length - keep).trimEnd();
          thinking += sure;
          this.#held = this.#held.slice(sure.length);
          return { thinking, content };
        }
        case "answerStart": {
          this.#held = this.#held.trimStart();
          if (this.#held === "") return { thinking, content };
          this.#state = "answer";
          continue;
        }
        case "answer":
          content += this.#held;
          this.#held = "";
          return { thinking, content };
        default: {
          const never: never = this.#state;
          throw new Error(`unknown state ${String(never)}`);
        }
      }
    }
  }

  /** What was held back because it might have been a tag. */
  end(): SplitText {
    const held = this.#held;
    this.#held = "";
    if (this.#state === "thinking") return { thinking: held.trimEnd(), content: "" };
    return { thinking: "", content: this.#state === "answerStart" ? "" : held };
  }
}
