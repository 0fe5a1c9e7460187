import { count, decimal, displayLanguage, t } from "../../base/l10n";
import { inWords } from "../../base/told-words";
import type { FormRecord, ModelCard } from "../../protocol/model-card";
import type { ProbePart } from "./probe-model";

/** A card as a page of Markdown: what was found, and what it means for the person's work. */
export function cardPage(card: ModelCard): string {
  const lines = [
    `# ${card.model}`,
    "",
    t(
      "Found out on {0} at {1} in {2} s.",
      new Date(card.at).toLocaleDateString(displayLanguage(), { dateStyle: "long" }),
      card.endpoint,
      count(Math.round(card.tookMs / 1_000)),
    ),
    "",
    ...cardLines(card).map((line) => `- ${line}`),
    "",
  ];
  return lines.join("\n");
}

/** A card for other programs: as it is kept, with a time that they can read. */
export function cardJson(card: ModelCard): string {
  const { version, model, endpoint, at, ...others } = card;
  const told = { version, model, endpoint, at: new Date(at).toISOString(), ...others };
  return `${JSON.stringify(told, undefined, 2)}\n`;
}

/** What each part of a probe asks of the model. */
export function partWords(): Readonly<Record<ProbePart, string>> {
  return {
    thought: t("does it think?"),
    off: t("can it be told not to?"),
    begunTurn: t("does it go on with a begun turn?"),
    edits: t("five tiny edits"),
  };
}

function cardLines(card: ModelCard): readonly string[] {
  return [
    thoughtWords(card),
    ...(card.off === undefined && card.thought === "none" ? [] : [offWords(card.off)]),
    turnWords(card.begunTurn),
    ...(card.forms.length === 0
      ? [
          t(
            "How it does with edits is not known: it is asked as any other model, and its first answers tell.",
          ),
        ]
      : card.forms.map(formWords)),
    speedWords(card),
    ...card.missing.map(missingWords),
  ];
}

/** @param why a reason, behind the name of the part that it kept from being found out. */
function missingWords(why: string): string {
  const parts: Readonly<Record<string, string>> = partWords();
  const [, name = "", reason = ""] = /^(\w+): (.*)$/s.exec(why) ?? [];
  const part = Object.hasOwn(parts, name) ? parts[name] : undefined;
  return part === undefined
    ? t("Not all was found out: {0}.", inWords(why))
    : t("Not found out: {0} ({1})", part, reason);
}

function thoughtWords({ thought }: ModelCard): string {
  switch (thought) {
    case "field":
      return t("It thinks, and the server tells thought from answer.");
    case "marks":
      return t("It thinks between marks in its text; Thinkaloud tells thought from answer.");
    case "none":
      return t(
        "It answers without thinking: there will be nothing to watch, and answers come sooner.",
      );
    case undefined:
      return t("Whether it thinks is not known: where a thought comes, it is shown.");
    default:
      return thought satisfies never;
  }
}

function offWords(off: ModelCard["off"]): string {
  switch (off) {
    case "request":
      return t("Its thinking can be turned off.");
    case "emptyThought":
      return t(
        "Its thinking is turned off by an empty thought only: the setting alone does not do it.",
      );
    case "never":
      return t("Its thinking cannot be turned off: use a budget, or “Answer now”.");
    case undefined:
      return t(
        "Whether its thinking can be turned off is not known: a budget or “Answer now” ends it all the same.",
      );
    default:
      return off satisfies never;
  }
}

function turnWords(turn: ModelCard["begunTurn"]): string {
  switch (turn) {
    case "goesOn":
      return t("A begun turn goes on: “Answer now”, hints and budgets cost no second thought.");
    case "beginsAnew":
      return t(
        "A begun turn is begun anew: “Answer now” and hints work, and take a second reading.",
      );
    case "unclear":
    case undefined:
      return t(
        "Whether a begun turn goes on is not clear; “Answer now” and hints find out when they are used.",
      );
    default:
      return turn satisfies never;
  }
}

function formWords({ form, tried, kept, right }: FormRecord): string {
  const which = {
    blocks: t("Edits as search and replace"),
    function: t("Edits as a whole function"),
    file: t("Edits as a whole file"),
  }[form];
  return t("{0}: {1} of {2} usable, {3} right.", which, count(kept), count(tried), count(right));
}

function speedWords({
  readingTokensPerSecond: reads,
  writingTokensPerSecond: writes,
  missing,
}: ModelCard): string {
  if (reads === undefined && writes === undefined)
    return missing.length > 0
      ? t("Its speed is not known: its first answers tell.")
      : t("Its speed is not known: the server does not tell.");
  const speed = (value: number | undefined): string =>
    value === undefined ? "?" : decimal(value, 1);
  return t("It reads {0} and writes {1} tokens a second here.", speed(reads), speed(writes));
}
