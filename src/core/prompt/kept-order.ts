/** So many files are remembered; a daemon keeps far fewer prompts read. */
const rememberedFiles = 16;

/**
 * The parts in the order in which they stood last time; what is new or has another text comes
 * behind them. A daemon reads a prompt anew from its first other byte, so that a part that changes
 * often ends up where little stands behind it. Before: `a b c code`; then b changes: `a c code B`;
 * then once more: `a c code β`, of which only the end is read.
 *
 * The code in question stays where it stood as long as more is read already like that: after an
 * edit of its last line it is read anew from there, with the problems that stand behind it.
 * @param parts all but the task.
 * @param last texts of the last prompt about the same place.
 */
export function inKeptOrder<Part extends { readonly text: string }>(
  parts: readonly Part[],
  last: readonly string[],
  code: Part,
): readonly Part[] {
  const ranks = new Map(last.map((text, index) => [text, index]));
  const ordered = (codeRank: number): readonly Part[] => {
    const rankOf = (part: Part): number =>
      ranks.get(part.text) ?? (part === code ? codeRank : last.length);
    return [...parts].sort((one, other) => rankOf(one) - rankOf(other));
  };
  const moved = ordered(last.length);
  if (last.length === 0 || ranks.has(code.text)) return moved;
  const shared = last.map((text) => sharedCharacters(text, code.text));
  const stays = ordered(shared.indexOf(Math.max(...shared)));
  const read = (order: readonly Part[]): number =>
    sharedCharacters(order.map(({ text }) => text).join("\n\n"), last.join("\n\n"));
  return read(stays) > read(moved) ? stays : moved;
}

function sharedCharacters(one: string, other: string): number {
  let shared = 0;
  while (shared < one.length && one[shared] === other[shared]) shared++;
  return shared;
}

interface SentPrompt {
  readonly parts: readonly { readonly text: string }[];
  /** More than 0 in a follow-up. */
  readonly talkTokens: number;
}

/** How the last prompt about each file was laid out. */
export class KeptOrders {
  readonly #last = new Map<string, readonly string[]>();

  /** Texts of the last prompt's parts, in their order; none where there was no prompt. */
  of(uri: string): readonly string[] {
    return this.#last.get(uri) ?? [];
  }

  /**
   * @param prompt as it was sent, with what is hidden in it. A follow-up shows only what is new and
   * leaves the order as it is.
   */
  keep(uri: string, { parts, talkTokens }: SentPrompt): void {
    if (talkTokens > 0) return;
    this.#last.delete(uri);
    this.#last.set(
      uri,
      parts.map(({ text }) => text),
    );
    const [oldest] = this.#last.keys();
    if (this.#last.size > rememberedFiles && oldest !== undefined) this.#last.delete(oldest);
  }
}
