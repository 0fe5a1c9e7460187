import type { RunEvent, RunHint, ThoughtEnd } from "../../../protocol/run-events";
import type { Connection } from "../../model/connection";
import type { ChatMessage, ModelEvent, SamplingOptions } from "../../model/language-model";
import type { AskedPart } from "./rest-watch";
import type { ThinkingLimit } from "./thinking-budget";

/**
 * What happens when a model goes round in circles: its text ends, the person is asked, or nobody
 * watches.
 */
export type LoopGuardMode = "end" | "ask" | "off";

/** A request whose thought can be steered. */
export interface SteeredRequest {
  readonly connection: Connection;
  readonly messages: readonly ChatMessage[];
  readonly sampling: SamplingOptions;
  /** Tokens for thought and answer together. */
  readonly roomTokens: number;
  readonly limit: ThinkingLimit;
  /** What the thoughts of this model usually take; absent where too few are known. */
  readonly usualTokens?: number;
  /** What a thought may take at the very most, so that an answer fits behind it. */
  readonly windowTokens: number;
  /** A thought that the model goes on from. */
  readonly before?: string;
  readonly loopGuard: LoopGuardMode;
  /** What the answer is to give and nothing else: it ends where it goes on behind it. */
  readonly asked?: AskedPart;
  /** Hides what is secret in the words of a hint. */
  seal(text: string): Promise<string>;
  /**
   * Is told how many tokens `messages` are by the server's own count, where it read them and
   * nothing else.
   */
  counted(promptTokens: number): void;
}

/** What comes of it: what the model says, and what was done to its thought. */
export type SteeredEvent =
  | Exclude<ModelEvent, { kind: "thoughtEnded" | "hintTaken" }>
  | { readonly kind: "hint"; readonly hint: RunHint; readonly state: "waiting" | "taken" }
  | { readonly kind: "thoughtEnded"; readonly by: ThoughtEnd }
  | Extract<RunEvent, { kind: "thinkingLimit" }>
  | {
      readonly kind: "looping";
      readonly where: "thought" | "answer";
      readonly state: "asked" | "letGoOn";
    }
  /**
   * The answer went round in circles and is over; so many of its characters came before the second
   * round.
   */
  | { readonly kind: "answerLooped"; readonly upTo: number }
  /** The answer has given what it was asked for, and is over; this is what counts of it. */
  | { readonly kind: "answerWhole"; readonly answer: string }
  /** The answer so far is given up, and the thought goes on. */
  | { readonly kind: "anew"; readonly reason: string };
