import type { ThoughtPiece } from "./thought-piece";

/** `start`: only white space, thoughts and marks so far. */
export type Place = "start" | "thought" | "answer" | "ended";

/**
 * Puts the pieces of a text together: where the text is now, and which white space belongs to it.
 */
export class PieceWriter {
  /** Whether a thought, or a mark of one, came before. */
  sawThought: boolean;
  /** The text that comes next begins on a line of its own if there is an answer before it. */
  separates = false;
  #place: Place;
  /** Whether the thought that is going on has a visible character. */
  #thoughtBegan: boolean;
  #hasAnswer = false;
  /** A mark closed what was answer so far, and nothing has come behind it. */
  #waitsForAnswer = false;
  #hasSaid: boolean;
  /** White space that belongs to the text only when more of it follows. */
  #space = "";
  #pieces: ThoughtPiece[] = [];

  /** A thought was closed: a mark at the very end closes no other, and would leave no answer. */
  #isBehindThought: boolean;

  /** @param isBehindThought a thought was closed before the text begins. */
  constructor(place: Place, inThought: boolean, sawThought: boolean, isBehindThought: boolean) {
    this.#isBehindThought = isBehindThought;
    this.#place = place;
    this.#thoughtBegan = inThought;
    this.sawThought = sawThought;
    this.#hasSaid = sawThought;
  }

  /** Whether anything visible of the turn is known: in a thought, in the answer or elsewhere. */
  get hasSaid(): boolean {
    return this.#hasSaid;
  }

  get place(): Place {
    return this.#place;
  }

  get thoughtBegan(): boolean {
    return this.#thoughtBegan;
  }

  /** Hands out what has come since the last time. */
  take(): ThoughtPiece[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  openThought(): void {
    this.#tellThought();
    this.#place = "thought";
    this.#thoughtBegan = false;
    this.#space = "";
    this.sawThought = true;
  }

  closeThought(): void {
    this.#place = "start";
    this.#space = "";
    this.sawThought = true;
    this.#isBehindThought = true;
  }

  answerWasThought(): void {
    this.#waitsForAnswer = this.#hasAnswer;
    if (!this.#isBehindThought) this.#tellThought();
    this.closeThought();
  }

  #tellThought(): void {
    if (!this.#waitsForAnswer) return;
    this.#pieces.push({ kind: "answerWasThought" });
    this.#hasAnswer = false;
    this.#waitsForAnswer = false;
  }

  openAnswer(): void {
    this.#place = "answer";
    this.#space = "";
    this.sawThought = true;
    this.#isBehindThought = true;
    this.#hasSaid = true;
  }

  endTurn(): void {
    this.#place = "ended";
  }

  /** The text is over: white space alone is an answer too. */
  finish(): void {
    if (this.#place === "start" && !this.sawThought) this.#append("answer", this.#space);
    this.#space = "";
  }

  give(text: string): void {
    switch (this.#place) {
      case "start":
        this.#giveFirst(text);
        break;
      case "thought":
        this.#giveThought(text);
        break;
      case "answer":
        this.#giveAnswer(text);
        break;
      case "ended":
        break;
      default:
        this.#place satisfies never;
    }
  }

  /**
   * Text that may begin the answer. White space in front belongs to it only where no thought came
   * before.
   */
  #giveFirst(text: string): void {
    const visible = text.trimStart();
    if (visible === "") {
      this.#space += text;
      return;
    }
    this.#place = "answer";
    this.#tellThought();
    if (this.#hasAnswer && this.separates) this.#giveAnswer("\n\n");
    this.#giveAnswer(this.sawThought ? visible : this.#space + text);
    this.#space = "";
  }

  /** White space at either end of a thought belongs to its marks. */
  #giveThought(text: string): void {
    if (text.trim() === "") {
      if (this.#thoughtBegan) this.#space += text;
      return;
    }
    const all = this.#space + text;
    const own = this.#thoughtBegan ? all : all.trimStart();
    const sure = own.trimEnd();
    this.#space = own.slice(sure.length);
    this.#thoughtBegan = true;
    this.#append("thought", sure);
  }

  #giveAnswer(text: string): void {
    this.#hasAnswer = true;
    this.#append("answer", text);
  }

  #append(kind: "thought" | "answer", text: string): void {
    if (text === "") return;
    this.#hasSaid = true;
    const last = this.#pieces.at(-1);
    if (last?.kind === kind)
      this.#pieces[this.#pieces.length - 1] = { kind, text: last.text + text };
    else this.#pieces.push({ kind, text });
  }
}
