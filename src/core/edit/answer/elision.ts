import { lineAt } from "../../../base/text/lines";
import { limits } from "../limits";
import { thresholds } from "../thresholds";

const dots = /^(?:\.{3,}|…)$/;
const opening = /^(?:#+|\/\/+|\/\*+|\{\/\*|--+|<!--+|;+|%+|\*)\s*/;
const closing = /(?<!\s)\s*(?:\*\/\}?|(?<!-)--+>)$/;
const leftOutAtStart =
  /^\W*(?:the\s+)?(?:rest|remaind(?:er|ing)|remaining|existing|other|previous|unchanged|same|your|more|keep|leave|no\s+(?:other\s+)?changes?)\b/i;
const leftOutAtEnd =
  /\b(?:unchanged|remains?(?:\s+the)?\s+same|stays?\s+the\s+same|omitted|as\s+before|not\s+changed|goes\s+here|continues?)\W*$/i;
/** `<!-- rest of the head -->`: of whatever it is, the rest is no line of it. */
const restOf =
  /^(?:the\s+)?(?:rest|remainder)\s+of\s+(?:the\s+|your\s+|this\s+)?[\w$.-]+(?:\s+(?:here|section|block|element))?$/i;
/** `// ... get`, `# … render()` */
const nameOnly = /^(?:\.{3}|…)\s*`?[\w$.]+(?:\(\))?`?$/;
/** `# --- snip ---`, `// [snipped]` */
const snip = /^\W*snip(?:ped)?\W*$/i;
const aboutCode =
  /\b(?:code|methods?|functions?|class(?:es)?|lines?|implementation|logic|imports?|file|body|content|same|unchanged|omitted|here|before|above|below|changes|statements?|tests?|cases?|rules?|styles?|markup|elements?|components?|properties|fields?|options?|sections?|entries|items|routes|settings|constructors?|getters?|setters?|members?|variables?|constants?|hooks?|handlers?|config(?:uration)?|steps?|jobs?|scripts?|template|columns?|tags?|attributes?|parameters|arguments|dependencies|services|values|keys|rows)\b/i;

/** Stands for left-out code: `# ... existing code ...`. The file may have such a line, too. */
export function isElision(line: string): boolean {
  const text = line.trim();
  if (text === "" || text.length > limits.compared) return false;
  if (dots.test(text)) return true;
  // `pass  # ... existing code ...`: the stub is there for the syntax.
  const behindStub = /^(?:pass|\.{3}|…);?\s+(?=#|\/)/.exec(text)?.[0];
  if (behindStub !== undefined) return isElision(text.slice(behindStub.length));
  const open = opening.exec(text)?.[0];
  if (open === undefined) {
    const bracketed = /^(?:\[([^[\]]*)\]|<([^<>]*)>|\{\{([^{}]*)\}\}|\(([^()]*)\))$/.exec(text);
    const words = bracketed
      ?.slice(1)
      .find((part) => part !== undefined)
      ?.trim();
    // `[rest of the function unchanged]`, `<existing code>`: no language has such a line of words.
    if (words !== undefined && /^[\w'’]+(?: [\w'’]+)+$/.test(words))
      return saysLeftOut(words) && aboutCode.test(words);
    return (
      (words !== undefined && /^unchanged$/i.test(words)) ||
      /^(?:\[|\()?(?:\.{3}|…).*(?:\.{3}|…)(?:\]|\))?$/.test(text)
    );
  }
  const said = text.slice(open.length).replace(closing, "").trim();
  const inner = /^\[([^[\]]*)\]$/.exec(said)?.[1]?.trim() ?? said;
  if (dots.test(inner) || snip.test(inner) || restOf.test(inner)) return true;
  if (/^(?:\.{3}|…)/.test(inner) && (saysLeftOut(inner) || nameOnly.test(inner))) return true;
  if (/^(?:\.{3}|…)/.test(inner) || /(?:\.{3}|…)$/.test(inner))
    return aboutCode.test(inner) || /^(?:\.{3}|…).*(?:\.{3}|…)$/.test(inner);
  return isShort(inner) && saysLeftOut(inner) && aboutCode.test(inner);
}

function saysLeftOut(words: string): boolean {
  return leftOutAtStart.test(words) || leftOutAtEnd.test(words);
}

/** A comment that says "the same" in a sentence is a comment. */
function isShort(words: string): boolean {
  return words.length <= thresholds.elisionWords && !/[.,;:]\s+\w/.test(words);
}

export function betweenElisions<Line extends string | number>(
  lines: Iterable<Line>,
  isMark: (line: Line) => boolean,
): Line[][] {
  const parts: Line[][] = [[]];
  for (const line of lines) {
    if (isMark(line)) parts.push([]);
    else parts.at(-1)?.push(line);
  }
  return parts;
}

/** @param isInside whether a mark at the end stands for the rest of the last block */
export function withoutOuterElisions(
  lines: readonly string[],
  isInside: (mark: string, first: string) => boolean = () => false,
): readonly string[] {
  const isCode = (line: string): boolean => line.trim() !== "" && !isElision(line);
  const first = lines.findIndex(isCode);
  const isMeant = (line: string): boolean =>
    isCode(line) || (isElision(line) && isInside(line, lineAt(lines, first)));
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex(isMeant) + 1);
}
