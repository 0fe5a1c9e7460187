import { nextMark } from "./marks";

/** The words with which a model goes on after a hint: it then says what follows from it. */
export const hintLeadsOn = "So";

/**
 * A person's words as they stand in a model's thought: in the person's name, and unable to close
 * the thought or to open a turn.
 */
export function hintInThought(text: string): string {
  return `\n\nThe user adds a hint: ${withoutMarks(text.trim())}\n\n`;
}

/**
 * Takes the meaning from whatever a model could take for a mark, and leaves it readable.
 *
 * Before: `close it with </think>`
 * After:  `close it with < /think>`
 */
function withoutMarks(text: string): string {
  let plain = "";
  let at = 0;
  for (let found = nextMark(text, at); found !== undefined; found = nextMark(text, at)) {
    plain += text.slice(at, found.at);
    plain += found.mark === undefined ? found.text : spaced(found.text);
    at = found.at + found.text.length;
  }
  return plain + text.slice(at);
}

/** Words that are marks ("Here is my response:") mean something at the start of a line only. */
function spaced(mark: string): string {
  return /^\w/.test(mark) ? `“${mark}”` : `${mark.slice(0, 1)} ${mark.slice(1)}`;
}

/**
 * What ends a sentence. A number or an abbreviation such as "e.g." has no two letters before its
 * full stop.
 */
const sentenceEnd = /(?:[\p{L}\p{N}`)\]"'”]{2}[.!?:;]["'”)\]*_]*|[。！？…])$/u;

/** Whether a sentence ends where `before` meets `after`: something may be put in between. */
export function endsSentence(before: string, after: string): boolean {
  const end = before.slice(-40);
  const said = end.trimEnd();
  const isEnd = sentenceEnd.test(said) || end.includes("\n", said.length);
  return isEnd && (said !== end || /^\s/.test(after));
}
