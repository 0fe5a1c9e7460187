import type { HarmonyHeader } from "./harmony-header";

/** The messages of harmony that a model's turn consists of, as far as it has come. */
export class HarmonyMessages {
  /** `ended` behind a message that more may follow, `final` in the one that nothing follows. */
  #message: "none" | "open" | "ended" | "final" = "none";
  /** What the model calls itself. */
  #role = "assistant";

  get isBetween(): boolean {
    return this.#message === "ended";
  }

  get isInLast(): boolean {
    return this.#message === "final";
  }

  end(): void {
    this.#message = "ended";
  }

  begin({ role, channel }: HarmonyHeader): void {
    this.#role = role || this.#role;
    this.#message = channel === "final" ? "final" : "open";
  }

  /** Somebody else's message. */
  beginOthers(): void {
    this.#message = "open";
  }

  isOwnRole(role: string): boolean {
    return ["", "assistant", this.#role].includes(role);
  }
}
