import type { BlockState } from "../../protocol/proposal";
import { button, h, icon } from "./dom";
import type { ViewContext } from "./view-context";

/** Which block the buttons decide; `number` is what the person reads, from 1 over all files of the proposal. */
export interface BlockPlace {
  readonly proposalId: string;
  readonly fileIndex: number;
  readonly block: number;
  readonly number: number;
  readonly of: number;
  readonly line: number;
}

const words: Readonly<
  Record<Exclude<BlockState, "open">, { readonly icon: "check" | "cross"; readonly text: string }>
> = {
  accepted: { icon: "check", text: "accepted" },
  rejected: { icon: "cross", text: "rejected" },
};

/** The two buttons of one block of a proposal, and later what was decided about it. */
export class BlockButtons {
  readonly element = h("span", { class: "block-decision" });
  readonly #place: BlockPlace;
  readonly #context: ViewContext;
  #shown = "";

  constructor(place: BlockPlace, context: ViewContext) {
    this.#place = place;
    this.#context = context;
  }

  /** `decidable`: the proposal is the one that waits for a decision. */
  update(state: BlockState, decidable: boolean): void {
    const next = `${state} ${decidable}`;
    if (next === this.#shown) return;
    this.#shown = next;
    const hadFocus = this.element.contains(document.activeElement);
    this.element.dataset["state"] = state;
    this.element.replaceChildren(...this.#content(state, decidable));
    if (hadFocus) this.element.querySelector<HTMLElement>("button, [tabindex]")?.focus();
  }

  #content(state: BlockState, decidable: boolean): Node[] {
    if (state !== "open")
      return [
        h(
          "span",
          { class: `block-verdict ${state}`, tabindex: "-1" },
          icon(words[state].icon),
          words[state].text,
        ),
      ];
    return decidable
      ? [
          this.#button("acceptHunk", "Accept", "check"),
          this.#button("rejectHunk", "Reject", "cross"),
        ]
      : [];
  }

  #button(
    kind: "acceptHunk" | "rejectHunk",
    verb: string,
    drawing: "check" | "cross",
  ): HTMLButtonElement {
    const { proposalId, fileIndex, block, number, of, line } = this.#place;
    const element = button("", "block-button", () =>
      this.#context.send({ kind, proposalId, fileIndex, block }),
    );
    element.setAttribute("aria-label", `${verb} change ${number} of ${of}, at line ${line}`);
    element.title = `${verb} this change`;
    element.append(icon(drawing));
    return element;
  }
}
