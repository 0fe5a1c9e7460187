import { type ChatFields, refusedFields } from "./chat-fields";
import type { Refused } from "./openai-client";

/** What one server taught about one model. */
export class LearntOfModel {
  /** Whether the model has thought. */
  thinks = false;
  /** How its last thought arrived. */
  arrival: "field" | "marks" | undefined;
  /** Whether it turned out that a turn cannot be gone on with. */
  quotes = false;
  readonly #refused = new Set<string>();

  /** Without what was refused before. */
  accepted(wanted: ChatFields): ChatFields {
    const kept = Object.entries(wanted).filter(([name]) => !this.#refused.has(name));
    return Object.fromEntries(kept);
  }

  /**
   * Takes from a refusal what not to send again.
   * @param fields what was sent.
   * @param turn what of it was there so that the last turn is gone on with.
   * @returns false when it teaches nothing, so that asking again would not help.
   */
  learnFrom({ failure, said, status }: Refused, fields: ChatFields, turn: ChatFields): boolean {
    const isTurnSent = Object.keys(turn).some((name) => name in fields);
    if (failure.kind === "contextOverflow") {
      // What was left for the answer was counted by an estimate; without a limit the server counts
      // itself.
      const { promptTokens, contextTokens } = failure;
      const fits =
        promptTokens !== undefined && contextTokens !== undefined && promptTokens < contextTokens;
      if (!fits || !("max_tokens" in fields)) return false;
      this.#refused.add("max_tokens");
      return true;
    }
    if (status !== 400 && status !== 422 && status !== 500 && status !== 501) return false;
    if (failure.kind !== "requestRejected" && failure.kind !== "serverError") return false;
    const names = refusedFields(fields, said);
    if (isTurnSent && !this.quotes && (names.length === 0 || names.some((name) => name in turn))) {
      this.quotes = true;
      return true;
    }
    // A server that fails says nothing of the request; one that names a field does.
    if (names.length === 0 || (status >= 500 && !new RegExp(`\\b${names[0]}\\b`).test(said)))
      return false;
    for (const name of names) this.#refused.add(name);
    return true;
  }
}
