import { t } from "../../../base/l10n";
import type { BlockState } from "../../../protocol/proposal";
import { isOpenBlock } from "../../../runs/run-lists";
import { button, h, icon } from "../dom/dom";
import type { ViewContext } from "../view-context";

/**
 * Which block the buttons decide; `number` is what the person reads, from 1 over all files of the
 * proposal.
 */
export interface BlockPlace {
  readonly proposalId: string;
  readonly fileIndex: number;
  readonly block: number;
  readonly number: number;
  readonly of: number;
  readonly line: number;
}

const verdictIcons = { accepted: "check", rejected: "cross", undone: "undo" } as const;

function verdict(state: Exclude<BlockState, "open">): string {
  switch (state) {
    case "accepted":
      return t("accepted");
    case "rejected":
      return t("rejected");
    case "undone":
      return t("undone");
    default:
      return state satisfies never;
  }
}

/** The two buttons of one block of a proposal, and later what was decided about it. */
export class BlockButtons {
  readonly element = h("span", { class: "block-decision" });
  readonly #place: BlockPlace;
  readonly #context: ViewContext;
  #shown = "";
  /** Leads to the step of the thought that speaks of the block. */
  #step: HTMLElement | undefined;

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
    const step = this.#step === undefined ? [] : [this.#step];
    this.element.replaceChildren(...step, ...this.#content(state, decidable));
    if (hadFocus) this.element.querySelector<HTMLElement>(".block-button, [tabindex]")?.focus();
  }

  tellStep(link: HTMLElement): void {
    this.#step = link;
    this.element.prepend(link);
  }

  #content(state: BlockState, decidable: boolean): Node[] {
    if (decidable && isOpenBlock(state))
      return [this.#button("acceptHunk"), this.#button("rejectHunk")];
    if (state === "open") return [];
    return [
      h(
        "span",
        { class: `block-verdict ${state}`, tabindex: "-1" },
        icon(verdictIcons[state]),
        verdict(state),
      ),
    ];
  }

  #button(kind: "acceptHunk" | "rejectHunk"): HTMLButtonElement {
    const { proposalId, fileIndex, block, number, of, line } = this.#place;
    const element = button("", "block-button", () =>
      this.#context.send({ kind, proposalId, fileIndex, block }),
    );
    const accepts = kind === "acceptHunk";
    element.setAttribute(
      "aria-label",
      accepts
        ? t("Accept change {0} of {1}, at line {2}", number, of, line)
        : t("Reject change {0} of {1}, at line {2}", number, of, line),
    );
    element.title = accepts ? t("Accept this change") : t("Reject this change");
    element.append(icon(accepts ? "check" : "cross"));
    return element;
  }
}
