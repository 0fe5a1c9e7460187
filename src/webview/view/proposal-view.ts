import type { FileProposal, MatchLevel, ProposalState, SyntaxVerdict } from "../../protocol/proposal";
import { fileName, plural } from "../format";
import type { RunPart } from "../run-state";
import { hunkRows } from "./diff-lines";
import { button, h, icon } from "./dom";
import type { ViewContext } from "./view-context";

type ProposalPart = Extract<RunPart, { kind: "proposal" }>;
type Badge = { readonly text: string; readonly tone: "good" | "fair" | "bad"; readonly title: string };

/** More lines than this are read better in the editor's own diff. */
const mostLines = 300;

const matches: Readonly<Record<MatchLevel, Badge>> = {
  exact: { text: "exact", tone: "good", title: "The place was found character for character" },
  spacing: { text: "spacing", tone: "fair", title: "The place was found but for white space" },
  symbol: { text: "by name", tone: "fair", title: "The place was found by the name of the function or class" },
  aligned: { text: "aligned", tone: "fair", title: "The place was found by similarity; look twice" },
};
const verdicts: Readonly<Record<SyntaxVerdict, Badge | undefined>> = {
  clean: { text: "parses", tone: "good", title: "The file has no syntax errors with this edit" },
  remain: { text: "errors remain", tone: "fair", title: "The file had syntax errors before, and still has" },
  broken: { text: "syntax broken", tone: "bad", title: "The edit brings a syntax error into the file" },
  unknown: undefined,
};
const decided: Readonly<Record<Exclude<ProposalState, "open">, { readonly icon: "check" | "cross" | "warning"; readonly text: string }>> = {
  accepted: { icon: "check", text: "Accepted. One undo takes it back." },
  rejected: { icon: "cross", text: "Rejected. Nothing was changed." },
  conflict: { icon: "warning", text: "The file has changed in the same place. Nothing was written." },
};

function badge({ text, tone, title }: Badge): HTMLElement {
  const mark = tone === "good" ? [] : [icon("warning")];
  return h("span", { class: `badge ${tone}`, title }, ...mark, text);
}

function shortcut(): string {
  return /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘ ↵" : "Ctrl ↵";
}

/** An edit that waits for a decision, as a small diff with the two buttons, and later what was decided. */
export class ProposalView {
  readonly element: HTMLElement;
  readonly #id: string;
  readonly #context: ViewContext;
  readonly #foot = h("div", { class: "card-foot" });
  #state = "";

  constructor(part: ProposalPart, context: ViewContext) {
    const { id, files } = part.proposal;
    this.#id = id;
    this.#context = context;
    this.element = h("section", { class: "card proposal", "aria-label": "Proposed change" }, ...files.map(fileView), this.#foot);
  }

  /** `decidable`: this is the one proposal that the host holds open. */
  update(part: ProposalPart, decidable: boolean): void {
    const next = `${part.state} ${decidable}`;
    if (next === this.#state) return;
    this.#state = next;
    const hadFocus = this.#foot.contains(document.activeElement);
    this.element.dataset["state"] = part.state;
    this.#foot.replaceChildren(...(part.state === "open" ? this.#openFoot(decidable) : this.#decidedFoot(part.state)));
    // The button that was pressed is gone; whoever works by keyboard must not be thrown back to the top.
    if (hadFocus) this.#foot.querySelector<HTMLElement>("button, [tabindex]")?.focus();
  }

  #openFoot(decidable: boolean): Node[] {
    if (!decidable) return [h("span", { class: "verdict dim" }, "Not decided; a newer proposal took its place.")];
    const { send } = this.#context;
    const accept = button("Accept", "primary", () => send({ kind: "accept", proposalId: this.#id }));
    accept.setAttribute("aria-keyshortcuts", "Control+Enter");
    return [
      accept,
      button("Reject", "secondary", () => send({ kind: "reject", proposalId: this.#id })),
      this.#diffButton(),
      h("kbd", { title: "In the diff: accept the proposal", "aria-hidden": "true" }, shortcut()),
    ];
  }

  #decidedFoot(state: Exclude<ProposalState, "open">): Node[] {
    const verdict = h("span", { class: `verdict ${state}`, tabindex: "-1" }, icon(decided[state].icon), decided[state].text);
    return state === "conflict" ? [verdict, this.#diffButton()] : [verdict];
  }

  #diffButton(): HTMLButtonElement {
    return button("Open diff", "secondary", () => this.#context.send({ kind: "openDiff", proposalId: this.#id }));
  }
}

function fileView(file: FileProposal): HTMLElement {
  const changes = file.change === "create" ? "New file" : plural(file.hunks.length, "change");
  const verdict = verdicts[file.syntax];
  const badges = h("span", { class: "badges" }, ...(file.change === "create" ? [] : [badge(matches[file.match])]));
  if (verdict !== undefined) badges.append(badge(verdict));
  const head = h(
    "div",
    { class: "card-head" },
    h("h3", {}, changes),
    h("span", { class: "path", title: file.path }, fileName(file.path)),
    badges,
  );
  const lines = file.hunks.flatMap((hunk, index) => [
    ...(index > 0 ? [h("div", { class: "gap", "aria-hidden": "true" }, "⋯")] : []),
    ...hunkRows(hunk),
  ]);
  const shown = lines.slice(0, mostLines);
  const inner = h("div", { class: "diff-inner" }, ...shown);
  const diff = h("div", { class: "diff", tabindex: "0", role: "region", "aria-label": `Change of ${file.path}` }, inner);
  const digits = Math.max(
    2,
    ...file.hunks.map((hunk) => String(Math.max(hunk.oldStart + hunk.oldLines, hunk.newStart + hunk.newLines)).length),
  );
  diff.style.setProperty("--digits", String(digits));
  const more =
    lines.length > shown.length
      ? [h("p", { class: "card-note" }, `${plural(lines.length - shown.length, "more line")}: open the diff to see them.`)]
      : [];
  const notices = file.notices.map((text) => h("p", { class: "card-note notice" }, icon("warning"), h("span", {}, text)));
  return h("div", { class: "file" }, head, ...notices, diff, ...more);
}
