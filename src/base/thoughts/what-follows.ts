import { type CodeRegion, closes, opensAnew } from "./code-watch";
import { nextMark } from "./marks";

// What a mark means is sometimes told by the text behind it. Each answer here is undefined while
// too little of that has come.

/** A decision may wait for this many characters; then it is made by what has come. */
const farEnough = 20_000;
/**
 * An even number of lines that end fences; so many more complete blocks follow a thought that left
 * one open.
 */
const enoughFences = 12;

/** Words with which a model plays the person's part when it goes on after its own turn. */
const turnWords = /^\s*(?:human|user|assistant|system|question|instruction)\b/i;

/** A mark as it was met. */
export interface Seen {
  readonly text: string;
  readonly rest: string;
  /** Whether nothing will follow `rest`. */
  readonly isWhole: boolean;
}

/** The rest of the line; undefined while it may go on. */
export function restOfLine(rest: string, isWhole: boolean): string | undefined {
  const near = rest.slice(0, farEnough);
  const end = near.indexOf("\n");
  if (end >= 0) return near.slice(0, end);
  return isWhole || rest.length >= farEnough ? near : undefined;
}

/** Whether the next visible thing is a token of its own, so no text of a line. */
export function startsControl(text: string): boolean {
  const visible = text.trimStart();
  const found = nextMark(visible, 0);
  return found?.at === 0 && found.mark?.form === "control";
}

/**
 * Whether a mark at the start of a line in code that was not opened as a thought closes one all the
 * same: thoughts leave code open. "code": the code ends below, as code does. "thought": other code
 * begins below, or none ends.
 */
export function closesThought(
  region: CodeRegion,
  rest: string,
  isWhole: boolean,
): "code" | "thought" | undefined {
  let ends = 0;
  for (const line of linesBelow(rest, isWhole)) {
    if (closes(region, line)) {
      // What ends a fence can begin one too, so the next ones are counted with it.
      if (region.kind !== "fence") return "code";
      ends++;
    } else if (opensAnew(region, line)) {
      return ends % 2 === 1 ? "code" : "thought";
    }
    if (ends === enoughFences) return "thought";
  }
  if (!isWhole && rest.length < farEnough) return undefined;
  return ends % 2 === 1 ? "code" : "thought";
}

/** The lines behind the one that the text begins in; a last line that may go on is left out. */
function* linesBelow(rest: string, isWhole: boolean): Generator<string> {
  const near = rest.slice(0, farEnough);
  const isLast = isWhole || rest.length >= farEnough;
  for (let at = near.indexOf("\n"); at >= 0; ) {
    const end = near.indexOf("\n", at + 1);
    if (end < 0 && !isLast) return;
    yield near.slice(at + 1, end < 0 ? undefined : end);
    at = end;
  }
}

/**
 * The end of a turn in the middle of code, with the line that ends the code when that is all that
 * follows.
 */
export interface TurnEnd {
  readonly lastLine?: string;
}

/**
 * Whether an end mark in code is the model's own, which stopped there: nothing follows but the end
 * of the code, or of somebody's turn. `return w * h<|endoftext|>` does, `stop: <|endoftext|>` above
 * more code does not.
 */
export function endsTurnInCode(
  region: CodeRegion,
  rest: string,
  isWhole: boolean,
): TurnEnd | "no" | undefined {
  const isLast = isWhole || rest.length >= farEnough;
  const [line = "", ...below] = rest.slice(0, farEnough).split("\n");
  if (line.trim() !== "") {
    if (startsControl(line) || turnWords.test(line)) return {};
    return isLast || below.length > 0 ? "no" : undefined;
  }
  const at = below.findIndex((each) => each.trim() !== "");
  const next = below[at];
  if (next === undefined) return isLast ? {} : undefined;
  if (at === below.length - 1 && !isLast) return undefined;
  if (closes(region, next)) return { lastLine: next };
  return startsControl(next) ? {} : "no";
}

const ownTurn =
  /^[ \t]*(?:(?:assistant|model|gpt)(?=\s*(?:\n|<\||$)))?[ \t]*(?:<\|end_header_id\|>|<\|header_end\|>|<\|end_of_role\|>|<\|im_sep\|>)?/i;
const othersRole = /^[ \t]*(?:user|human|system|tool|developer|ipython|environment|prompter)\b/i;
const othersTurn = new RegExp(
  `${othersRole.source}[^<\\n]*(?:<\\|end_header_id\\|>|<\\|header_end\\|>|<\\|end_of_role\\|>|<\\|im_sep\\|>)?`,
  "i",
);
/** Marks that say themselves whose turn they begin. */
const othersMark = /user|system|observation|^\[INST/i;

export function isOthersRole(about: string): boolean {
  return othersRole.test(about);
}

export interface TurnHead {
  /** Characters behind the mark that belong to it. */
  readonly length: number;
  readonly isOthers: boolean;
}

/** Whose turn a mark begins where the model has said nothing so far: it may repeat its own head. */
export function readTurnHead(mark: string, rest: string, isWhole: boolean): TurnHead | undefined {
  if (othersMark.test(mark)) return { length: 0, isOthers: true };
  const line = rest.indexOf("\n");
  const enough = isWhole || line >= 0 || rest.length >= 40;
  if (!enough) return undefined;
  const others = othersTurn.exec(rest);
  if (others !== null) return { length: others[0].length, isOthers: true };
  return { length: ownTurn.exec(rest)?.[0].length ?? 0, isOthers: false };
}
