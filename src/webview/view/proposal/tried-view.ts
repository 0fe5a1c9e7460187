import { count, plural, t } from "../../../base/l10n";
import { fileNameOf } from "../../../base/text/file-name";
import type { Proposal } from "../../../protocol/proposal";
import { keptDetails } from "../dom/disclosure";
import { button, h, icon } from "../dom/dom";
import type { ViewContext } from "../view-context";
import { checksView } from "./checks-view";
import { diffOf, firstChange } from "./diff-lines";

/** Longer changes are shown by their beginning. */
const mostLines = 60;

/** An edit that a check said no to, folded away: the model was asked again. */
export function triedView(proposal: Proposal, { choices, send }: ViewContext): HTMLElement {
  const files = proposal.files.map((file) => {
    const { element, hidden } = diffOf(file.hunks, t("Tried change of {0}", file.path), mostLines);
    const more = hidden > 0 ? [h("p", { class: "card-note" }, moreLines(hidden))] : [];
    return h(
      "div",
      { class: "file" },
      h("p", { class: "path" }, fileNameOf(file.path)),
      element,
      ...more,
    );
  });
  const { checks, id } = proposal;
  return keptDetails(
    `${id}/tried`,
    choices,
    "tried",
    h("summary", {}, icon("cross"), ...changeWords(proposal)),
    ...(checks === undefined ? [] : [checksView(checks, id, choices)]),
    ...files,
    h(
      "div",
      { class: "card-foot" },
      button(t("Take this one"), "secondary", () => send({ kind: "takeTried", proposalId: id })),
    ),
  );
}

/** Several may stand below one another, which differ in a line. */
function changeWords({ files }: Proposal): readonly (HTMLElement | string)[] {
  const first = firstChange(files.flatMap(({ hunks }) => hunks));
  if (first === undefined) return [h("span", {}, t("A change that was tried"))];
  const words = h("span", { class: "tried-words" }, t("Tried at line {0}", String(first.number)));
  return [words, " ", h("span", { class: "tried-code" }, first.text.trim())];
}

function moreLines(hidden: number): string {
  return plural(hidden, t("{0} more line", count(hidden)), t("{0} more lines", count(hidden)));
}
