import { fenced } from "./fence";

/** An edit that has no place, and what the model needs to write it again. */
export interface RepairFacts {
  readonly path: string;
  readonly languageId: string;
  /** Why it has no place, in one or two sentences. */
  readonly reason: string;
  /** The quoted old text and the new one, verbatim. */
  readonly search: string;
  readonly replace: string;
  /**
   * The file's own lines around the places in question, without numbers, which a model would copy.
   */
  readonly places: readonly string[];
  /** Several places are equal, so that more must be quoted. */
  readonly ambiguous: boolean;
  /** How many other edits of the answer are kept. */
  readonly kept: number;
}

/** The end of a prompt that asks for one edit again. */
export function repairText(facts: RepairFacts): string {
  return [
    `An edit of ${facts.path} could not be applied. ${withoutLineNumbers(facts.reason)}`,
    `The edit:\n\n${editBlock(facts.path, facts.search, facts.replace)}`,
    ...realLines(facts),
    ...(facts.kept === 0
      ? []
      : [`${otherEdits(facts.kept)} Do not repeat what is not the edit above.`]),
    `Answer with this one edit again, as one block of the same form. ${howToQuote(facts)}`,
  ].join("\n\n");
}

/**
 * A reason as it is told to a model, which was shown no line numbers.
 * `It is there twice, at lines 3 and 9.` becomes `It is there twice.`,
 * `The edit changes line 3, but …` `The edit changes a line, but …`
 */
export function withoutLineNumbers(reason: string): string {
  return reason
    .replace(new RegExp(`(?:[,;] (?:the nearest is )?(?:at|near)| at| near) ${numbered}`, "g"), "")
    .replace(new RegExp(numbered, "g"), (words) =>
      words.startsWith("lines") ? "lines" : "a line",
    );
}

const numbered = "lines? \\d+(?:(?:, \\d+)* and \\d+)?(?: ff\\.)?";

/** An edit in the form that models are asked for. */
function editBlock(path: string, search: string, replace: string): string {
  const half = (text: string): string => (text === "" ? "" : `${text}\n`);
  return `${path}\n<<<<<<< SEARCH\n${half(search)}=======\n${half(replace)}>>>>>>> REPLACE`;
}

function realLines({ places, languageId, ambiguous }: RepairFacts): string[] {
  const [only] = places;
  if (only === undefined)
    return ["No lines of the file are like the ones under SEARCH; copy from the code above."];
  if (places.length === 1) return [`The file really says there:\n${fenced(languageId, only)}`];
  const title = ambiguous
    ? "The same lines stand in several places of the file:"
    : "The file really says:";
  return [`${title}\n${places.map((place) => fenced(languageId, place)).join("\n\nand\n\n")}`];
}

function otherEdits(kept: number): string {
  return kept === 1
    ? "The other edit is fine and is kept."
    : `The other ${kept} edits are fine and are kept.`;
}

function howToQuote({ ambiguous }: RepairFacts): string {
  return ambiguous
    ? "Under SEARCH, copy the lines exactly, with at least one neighbouring line that only the place you mean has."
    : "Under SEARCH, copy the file's own lines exactly, with their indentation and comments.";
}
