import { type CodeRegion, CodeWatch } from "./code-watch";
import { headerFollows, readHeader } from "./harmony-header";
import { HarmonyMessages } from "./harmony-messages";
import type { Mark } from "./marks";
import { PieceWriter } from "./piece-writer";
import { beginsInThought, type SplitterOptions } from "./splitter-options";
import {
  closesThought,
  endsTurnInCode,
  readTurnHead,
  restOfLine,
  type Seen,
  startsControl,
} from "./what-follows";

/**
 * Reads a model's turn mark by mark: what each means where it stands, in a thought, in an answer or
 * in somebody's code, and writes the pieces. It is given each mark with what is known to follow it,
 * and says when that is too little.
 */
export class TurnReader {
  readonly writer: PieceWriter;
  readonly #wasSent: (text: string) => boolean;
  #code = new CodeWatch();
  /** Words opened the thought that is going on, so that words may close it. */
  #inProse: boolean;
  /** A tag opened the answer, so that a tag ends it. */
  #inAnswerTag = false;
  readonly #messages = new HarmonyMessages();
  /** What goes on is no thought of the model, which began by writing somebody else's turn. */
  #inOthers = false;
  /** The daemon tells thoughts apart itself. */
  isField = false;

  constructor({ begins = "start", wasSent = () => false }: SplitterOptions) {
    this.#wasSent = wasSent;
    this.#inProse = begins === "thoughtInWords";
    const places = {
      start: "start",
      thoughtStart: "thought",
      thought: "thought",
      thoughtInWords: "thought",
      answerStart: "start",
      behindThought: "start",
      answer: "answer",
    } as const;
    const goesOn = begins === "thought" || begins === "thoughtInWords";
    const mayThinkAnew = begins === "start" || begins === "behindThought";
    const isBehind = begins !== "start" && !beginsInThought(begins);
    this.writer = new PieceWriter(places[begins], goesOn, !mayThinkAnew, isBehind);
  }

  get inProse(): boolean {
    return this.#inProse;
  }

  get atLineStart(): boolean {
    return this.#code.atLineStart;
  }

  lineEnd(text: string): void {
    this.writer.give(text);
    this.#code.endLine();
  }

  /**
   * Takes a mark for what it is where it stands: how many characters behind it belong to it;
   * undefined while more has to come.
   */
  take(mark: Mark, seen: Seen): number | undefined {
    const quoted = this.#code.quotes(seen.text, seen.rest, seen.isWhole);
    if (quoted === undefined) return undefined;
    if (quoted) return this.text(seen.text);
    switch (mark.kind) {
      case "open":
        return this.#takeOpen(mark, seen);
      case "close":
        return this.#takeClose(mark, seen);
      case "answer":
        return this.#takeAnswer(mark, seen);
      case "answerEnd":
      case "end":
        return this.#takeEnd(mark, seen);
      case "turn":
        return this.#takeTurn(mark, seen);
      case "message":
        return this.#takeMessageEnd(mark, seen);
      case "header":
        return this.#takeHeader(seen);
      default:
        return mark.kind satisfies never;
    }
  }

  #takeOpen(mark: Mark, seen: Seen): number {
    const { region, atLineStart } = this.#code;
    // Words are waited for at the start of a line only.
    if (mark.form === "prose" && !atLineStart) return this.text(seen.text);
    // A model may open the thought that the prompt has opened already.
    if (this.writer.place === "thought" && region === undefined && !this.writer.thoughtBegan)
      return 0;
    if (this.writer.place === "thought" || region !== undefined) return this.#ownOpen(seen);
    const isFirst = this.writer.place === "start" && !this.writer.sawThought;
    const counts = {
      prose: isFirst,
      tag: this.writer.place === "start" || (atLineStart && !this.isField),
      control: !this.isField,
    };
    if (!counts[mark.form]) return this.#ownOpen(seen);
    return this.#openThought(mark.form === "prose");
  }

  #takeClose(mark: Mark, seen: Seen): number | undefined {
    const { region, atLineStart, mentions } = this.#code;
    if (mark.form === "prose" && !(this.#inProse && atLineStart)) return this.text(seen.text);
    if (region !== undefined && region.openThoughts > 0) {
      region.openThoughts--;
      return this.text(seen.text);
    }
    if (this.writer.place === "thought") return this.#closeThought();
    if (this.writer.place === "start") {
      this.writer.sawThought = true;
      return 0;
    }
    if (mentions) {
      this.#code.mentions = false;
      return this.text(seen.text);
    }
    const isSure = mark.form === "control" || atLineStart;
    if (region !== undefined) {
      if (!isSure) return this.text(seen.text);
      const holder = closesThought(region, seen.rest, seen.isWhole);
      if (holder === undefined) return undefined;
      if (holder === "thought") return this.#answerWasThought();
      region.openThoughts = Number.POSITIVE_INFINITY;
      return this.text(seen.text);
    }
    if (isSure || !this.writer.sawThought) return this.#answerWasThought();
    // Behind a thought, a mark in the middle of a sentence is spoken about.
    const line = restOfLine(seen.rest, seen.isWhole);
    if (line === undefined) return undefined;
    return line.trim() === "" ? this.#answerWasThought() : this.text(seen.text);
  }

  #takeAnswer(mark: Mark, seen: Seen): number {
    if (this.#code.region !== undefined) return this.text(seen.text);
    const isControl = mark.form === "control";
    if (this.writer.place === "start" && (isControl || this.writer.sawThought)) {
      this.#inAnswerTag = !isControl;
      this.writer.sawThought = true;
      return 0;
    }
    if (!isControl) return this.text(seen.text);
    if (this.writer.place === "thought") return this.#closeThought();
    return this.writer.sawThought ? 0 : this.#answerWasThought();
  }

  #takeEnd(mark: Mark, seen: Seen): number | undefined {
    const { region } = this.#code;
    if (mark.kind === "answerEnd" && !this.#inAnswerTag) return this.text(seen.text);
    // Nothing was said that it could end, and the model goes on.
    if (region === undefined && this.#isBeforeOwn) return 0;
    if (region !== undefined) return this.#takeEndInCode(mark, seen, region);
    if (mark.form === "tag" && this.#code.lineHolds(mark.text.replace("/", "")))
      return this.text(seen.text);
    if (mark.form === "tag" || this.#wasSent(mark.text)) {
      const line = restOfLine(seen.rest, seen.isWhole);
      if (line === undefined) return undefined;
      if (line.trim() !== "" && !startsControl(line)) return this.text(seen.text);
    }
    return this.#endTurn();
  }

  #takeEndInCode(mark: Mark, seen: Seen, region: CodeRegion): number | undefined {
    const { atLineStart, lastSign } = this.#code;
    const mayEnd =
      this.writer.place === "answer" &&
      mark.kind !== "turn" &&
      (atLineStart || lastSign.trim() !== "");
    if (!mayEnd || region.holdsTurns || this.#wasSent(mark.text)) return this.#ownTurn(seen);
    const end = endsTurnInCode(region, seen.rest, seen.isWhole);
    if (end === undefined) return undefined;
    if (end === "no") return this.#ownTurn(seen);
    if (end.lastLine !== undefined)
      this.writer.give(atLineStart ? end.lastLine : `\n${end.lastLine}`);
    return this.#endTurn();
  }

  #takeTurn(mark: Mark, seen: Seen): number | undefined {
    if (!this.#isBeforeOwn) return this.#takeEnd(mark, seen);
    const head = readTurnHead(mark.text, seen.rest, seen.isWhole);
    if (head === undefined) return undefined;
    if (head.isOthers) this.#openOthers();
    else if (this.#inOthers) this.#closeThought();
    return head.length;
  }

  #takeMessageEnd(mark: Mark, seen: Seen): number | undefined {
    const { region } = this.#code;
    const follows = region?.holdsTurns ? false : headerFollows(seen.rest, seen.isWhole);
    if (follows === undefined) return undefined;
    if (!follows || this.#messages.isInLast) return this.#takeEnd(mark, seen);
    this.#messages.end();
    return this.writer.place === "thought" && !this.#inOthers ? this.#closeThought() : 0;
  }

  #takeHeader(seen: Seen): number | undefined {
    const { region } = this.#code;
    const header = readHeader(seen.text, seen.rest, seen.isWhole);
    if (header === undefined) return undefined;
    const { isBetween } = this.#messages;
    const isCode =
      region !== undefined && !isBetween && (region.holdsTurns || this.writer.place !== "thought");
    if (header === "none" || isCode) return this.#ownTurn(seen);
    const length = header.length - seen.text.length;
    if (header.isOthers && this.#isBeforeOwn) {
      this.#openOthers();
      this.#messages.beginOthers();
      return length;
    }
    if (header.isOthers || (isBetween && this.#isStranger(header.role))) return this.#endTurn();
    if (header.isThought) {
      if (this.writer.place !== "thought") this.#openThought(false);
      this.#inOthers = false;
    } else if (this.writer.place === "answer" && !this.writer.sawThought) {
      this.#answerWasThought();
    } else {
      this.#closeThought();
    }
    this.#messages.begin(header);
    // The answers of two messages: the second may begin with a fence, which needs a line of its
    // own.
    this.writer.separates = true;
    return length;
  }

  /** Whether the model itself has said nothing yet. */
  get #isBeforeOwn(): boolean {
    return this.#inOthers || !this.writer.hasSaid;
  }

  /** A role that nobody knows is the model's own as long as the model has not answered. */
  #isStranger(role: string): boolean {
    return this.writer.place === "answer" && !this.#messages.isOwnRole(role);
  }

  /** What is no part of the model's turn is shown, and nothing of it is an answer. */
  #openOthers(): void {
    this.#openThought(false);
    this.#inOthers = true;
  }

  #openThought(inProse: boolean): number {
    this.#inOthers = false;
    this.#inProse = inProse;
    this.writer.openThought();
    this.#code = new CodeWatch();
    return 0;
  }

  #closeThought(): number {
    this.#inOthers = false;
    this.#inProse = false;
    this.writer.closeThought();
    this.#code = new CodeWatch();
    return 0;
  }

  #answerWasThought(): number {
    this.writer.answerWasThought();
    this.#code = new CodeWatch();
    return 0;
  }

  #endTurn(): number {
    this.writer.endTurn();
    return 0;
  }

  /**
   * An opening mark that belongs to the code, or is spoken about: what closes it is text as well.
   */
  #ownOpen(seen: Seen): number {
    const { region } = this.#code;
    if (region !== undefined) region.openThoughts++;
    else this.#code.mentions = true;
    return this.text(seen.text);
  }

  /** A mark of a turn that belongs to the code: so do those that follow in it. */
  #ownTurn(seen: Seen): number {
    const { region } = this.#code;
    if (region !== undefined) region.holdsTurns = true;
    return this.text(seen.text);
  }

  /** Text without a mark, or a mark that is text. */
  text(text: string): 0 {
    this.writer.give(text);
    this.#code.add(text);
    return 0;
  }
}
