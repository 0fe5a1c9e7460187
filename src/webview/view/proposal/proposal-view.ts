import { count, plural, t } from "../../../base/l10n";
import { fileNameOf } from "../../../base/text/file-name";
import { inWords } from "../../../base/told-words";
import type { Check } from "../../../protocol/checks";
import { blocksOf } from "../../../protocol/hunk-blocks";
import type { BlockState, FileProposal, ProposalState } from "../../../protocol/proposal";
import { compareCheck } from "../../../runs/compare-checks";
import { blockKey, type RunPart } from "../../../runs/run-state";
import { button, h, icon, setAttributes, withCode } from "../dom/dom";
import { scrollPageTo } from "../dom/scroll-page";
import type { ViewContext } from "../view-context";
import { BlockButtons } from "./block-buttons";
import type { ChangeSteps } from "./change-steps";
import { checksView } from "./checks-view";
import { diffOf, type LineExtras } from "./diff-lines";
import { proposalBadges } from "./proposal-badges";

type ProposalPart = Extract<RunPart, { kind: "proposal" }>;

/** More lines than this are read better in the editor's own diff. */
const mostLines = 300;

interface VerdictWords {
  readonly icon: "check" | "cross" | "warning" | "undo";
  readonly text: string;
}

function decidedWords(state: Exclude<ProposalState, "open">): VerdictWords {
  switch (state) {
    case "accepted":
      return { icon: "check", text: t("Accepted. Undo takes it back.") };
    case "rejected":
      return { icon: "cross", text: t("Rejected. Nothing was changed.") };
    case "conflict":
      return {
        icon: "warning",
        text: t("The file has changed in the same place. Nothing was written."),
      };
    case "undone":
      return { icon: "undo", text: t("Undone. It is no longer in the code.") };
    default:
      return state satisfies never;
  }
}

function shortcut(): string {
  return /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘ ↵" : "Ctrl ↵";
}

/**
 * An edit that waits for a decision, as a small diff with the two buttons, and later what was
 * decided.
 */
export class ProposalView {
  readonly element: HTMLElement;
  readonly #id: string;
  readonly #context: ViewContext;
  readonly #foot = h("div", { class: "card-foot" });
  readonly #files: number;
  readonly #landed = h("div", { class: "landed", hidden: true });
  readonly #blocks = new Map<string, BlockButtons>();
  #shownLanded: Check | undefined;
  #state = "";

  constructor(part: ProposalPart, context: ViewContext) {
    const { id, files, checks } = part.proposal;
    this.#id = id;
    this.#files = files.length;
    this.#context = context;
    this.#makeBlocks(files);
    const views = files.map((file, index) =>
      fileView(file, (hunk) => this.#extras(file, index, hunk)),
    );
    this.element = h(
      "section",
      { class: "card proposal", "aria-label": t("Proposed change") },
      ...views,
      ...(checks === undefined ? [] : [checksView(checks, id, context.choices)]),
      this.#foot,
      this.#landed,
    );
  }

  /** `decidable`: this is the one proposal that the host holds open. */
  update(part: ProposalPart, decidable: boolean): void {
    for (const [key, buttons] of this.#blocks)
      buttons.update(part.blocks[key] ?? "open", decidable && part.state === "open");
    this.#showLanded(part.landed);
    const isTold = part.landed !== undefined && part.state === "accepted";
    setAttributes(this.#landed, { hidden: !isTold });
    const next = `${part.state} ${decidable} ${Object.values(part.blocks).join()}`;
    if (next === this.#state) return;
    this.#state = next;
    const hadFocus = this.#foot.contains(document.activeElement);
    this.element.dataset["state"] = part.state;
    this.#foot.replaceChildren(
      ...(part.state === "open"
        ? this.#openFoot(part, decidable)
        : this.#decidedFoot(part, part.state)),
    );
    // The button that was pressed is gone; whoever works by keyboard must not be thrown back to the
    // top.
    if (hadFocus) this.#foot.querySelector<HTMLElement>("button, [tabindex]")?.focus();
  }

  /**
   * What the editor said once the change was in the file, with what helps where it brought
   * something new.
   */
  #showLanded(landed: Check | undefined): void {
    if (landed === undefined || landed === this.#shownLanded) return;
    const { choices, send } = this.#context;
    const proposalId = this.#id;
    this.#shownLanded = landed;
    this.#landed.replaceChildren(checksView([landed], `${proposalId}/landed`, choices));
    if (compareCheck(landed).worse.length === 0) return;
    this.#landed.append(
      h(
        "div",
        { class: "card-foot" },
        button(t("Fix what is new"), "primary", () => send({ kind: "fixNew", proposalId })),
      ),
    );
  }

  /** Says which steps of the thought speak of its changes, and leads there and back. Once. */
  tellSteps({ part, whole, byBlock }: ChangeSteps): void {
    if (whole !== undefined)
      this.element.querySelector(".badges")?.append(this.#stepLink(part, whole));
    for (const [key, step] of byBlock) this.#blocks.get(key)?.tellStep(this.#stepLink(part, step));
  }

  #stepLink(part: number, step: number): HTMLButtonElement {
    const link = button(t("from step {0}", step + 1), "link from-step", () =>
      this.#context.showStep?.(part, step),
    );
    link.title = t("Show where the thought speaks of this change");
    this.#context.leadFrom?.(part, step, () => {
      scrollPageTo(link, "middle");
      link.focus({ preventScroll: true });
    });
    return link;
  }

  /** A proposal with a single block needs no buttons beside those of the whole. */
  #makeBlocks(files: readonly FileProposal[]): void {
    const places = files.flatMap((file, fileIndex) =>
      blocksOf(file.hunks).map(({ end, newStart, newEnd }, block) => ({
        fileIndex,
        block,
        line: (newEnd > newStart ? newStart : end - 1) + 1,
      })),
    );
    if (places.length < 2) return;
    for (const [at, place] of places.entries()) {
      const buttons = new BlockButtons(
        { ...place, proposalId: this.#id, number: at + 1, of: places.length },
        this.#context,
      );
      this.#blocks.set(blockKey(place.fileIndex, place.block), buttons);
    }
  }

  #extras(file: FileProposal, fileIndex: number, hunk: number): LineExtras {
    const extras = new Map<number, HTMLElement>();
    for (const [block, place] of blocksOf(file.hunks).entries()) {
      const buttons = this.#blocks.get(blockKey(fileIndex, block));
      if (place.hunk === hunk && buttons !== undefined) extras.set(place.line, buttons.element);
    }
    return extras;
  }

  #openFoot(part: ProposalPart, decidable: boolean): Node[] {
    if (!decidable)
      return [
        h("span", { class: "verdict dim" }, t("Not decided; a newer proposal took its place.")),
      ];
    const { send } = this.#context;
    const decidedBlocks =
      this.#blocks.size > 0 && Object.values(part.blocks).some((state) => state !== "open");
    const accept = button(decidedBlocks ? t("Accept Rest") : t("Accept"), "primary", () =>
      send({ kind: "accept", proposalId: this.#id }),
    );
    accept.setAttribute("aria-keyshortcuts", "Control+Enter");
    return [
      accept,
      button(decidedBlocks ? t("Reject Rest") : t("Reject"), "secondary", () =>
        send({ kind: "reject", proposalId: this.#id }),
      ),
      this.#diffButton(),
      h("kbd", { title: t("In the diff: accept the proposal"), "aria-hidden": "true" }, shortcut()),
    ];
  }

  #decidedFoot(part: ProposalPart, state: Exclude<ProposalState, "open">): Node[] {
    const { icon: sign, text } = verdictOf(part, state);
    const verdict = h("span", { class: `verdict ${state}`, tabindex: "-1" }, icon(sign), text);
    if (state === "conflict") return [verdict, this.#diffButton()];
    if (state === "rejected") return [verdict];
    const again = Object.values(part.blocks).includes("undone")
      ? [
          button(t("Accept Again"), "secondary", () =>
            this.#context.send({ kind: "accept", proposalId: this.#id }),
          ),
          this.#diffButton(),
        ]
      : [];
    if (state === "undone") return [verdict, ...again];
    const undo = button(t("Undo"), "secondary", () =>
      this.#context.send({ kind: "undo", proposalId: this.#id }),
    );
    const message = button(t("Commit Message"), "link", () =>
      this.#context.send({ kind: "commitMessage", proposalId: this.#id }),
    );
    message.title = t("What was done, checked and doubted, as words for a commit");
    return [verdict, undo, ...again, message];
  }

  #diffButton(): HTMLButtonElement {
    const many = this.#files > 1;
    const kind = many ? "reviewAll" : "openDiff";
    return button(many ? t("Review all files") : t("Open diff"), "secondary", () =>
      this.#context.send({ kind, proposalId: this.#id }),
    );
  }
}

/** What was decided, with the blocks that came to something else than the rest. */
function verdictOf({ blocks }: ProposalPart, state: Exclude<ProposalState, "open">): VerdictWords {
  const words = decidedWords(state);
  const states = Object.values(blocks);
  const number = (wanted: BlockState): number => states.filter((each) => each === wanted).length;
  if (state !== "accepted" || number("accepted") === states.length) return words;
  const undone = number("undone");
  if (undone > 0)
    return {
      icon: "undo",
      text: plural(
        undone,
        t("{0} change of {1} was undone.", count(undone), states.length),
        t("{0} changes of {1} were undone.", count(undone), states.length),
      ),
    };
  const taken = number("accepted");
  return {
    ...words,
    text: plural(
      taken,
      t("{0} change of {1} accepted, the rest rejected.", count(taken), states.length),
      t("{0} changes of {1} accepted, the rest rejected.", count(taken), states.length),
    ),
  };
}

function fileView(file: FileProposal, extrasOf: (hunk: number) => LineExtras): HTMLElement {
  const isNew = file.change === "create";
  const changes = isNew ? t("New file") : changesWords(blocksOf(file.hunks).length);
  const head = h(
    "div",
    { class: "card-head" },
    h("h3", {}, changes),
    // Of a file that is not there yet, nobody knows the folder.
    isNew
      ? h("span", { class: "path full" }, file.path)
      : h("span", { class: "path", title: file.path }, fileNameOf(file.path)),
    proposalBadges(file),
  );
  const { element: diff, hidden } = diffOf(
    file.hunks,
    t("Change of {0}", file.path),
    mostLines,
    extrasOf,
  );
  const more =
    hidden > 0
      ? [
          h(
            "p",
            { class: "card-note" },
            plural(
              hidden,
              t("{0} more line: open the diff to see it.", count(hidden)),
              t("{0} more lines: open the diff to see them.", count(hidden)),
            ),
          ),
        ]
      : [];
  const notices = file.notices.map((text) =>
    h(
      "p",
      { class: "card-note notice" },
      icon("warning"),
      h("span", {}, ...withCode(inWords(text))),
    ),
  );
  return h("div", { class: "file" }, head, ...notices, diff, ...more);
}

function changesWords(number: number): string {
  return plural(number, t("{0} change", count(number)), t("{0} changes", count(number)));
}
