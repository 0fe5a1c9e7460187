/** What a line of documentation claims: that a call has this value. */
export interface Claim {
  readonly call: string;
  readonly value: string;
}

/** `clamp(5, 0, 3) == 3`, `clamp(5, 0, 3) -> 3`, `clamp(5, 0, 3) returns 3`. */
const link = /\s*(?:===?|->|=>|→|⇒|\breturns\b)\s*/g;
/** `clamp(5, 0, 3)  # 3`, `clamp(5, 0, 3); // => 3`. */
const remark = /;?\s*(?:#|\/\/)\s*(?:(?:=>|->|→|⇒|===?|returns:?)\s*)?/g;
/** What may stand before a claim on its line. */
const leadIn = /^\s*(?:[-*•+]\s+|\d+[.)]\s+)?(?:(?:for\s+)?(?:examples?|e\.\s?g\.)[:,]?\s+)?/i;
/** A name, or names with dots between them, and what is called on them. */
const callLike = /^(?:await\s+)?(?:new\s+)?[\p{L}_$][\p{L}\p{N}_$.]*\s*\(.*[)\]]$/su;
const valueLike =
  /^(?:[-+]?(?:[\d.]|Infinity\b)|["'`[{(]|(?:True|False|None|true|false|null|undefined|NaN)$|(?:set|frozenset)\(|b["'])/;

/** A value that is compared with something else is none. Strings may hold what they like. */
const comparing = /^(?:[^"'`]|(["'`]).*?\1)*?(?:[=!<>]=|[=-]>)/s;

/**
 * The claim that a line makes in one of the forms that people write; nothing where it could be read
 * in another way.
 */
export function claimIn(line: string): Claim | undefined {
  const text = line.replace(leadIn, "").trim();
  const claims = [...splits(text, link), ...splits(text, remark)];
  const [first, ...others] = claims;
  return others.length === 0 ? first : undefined;
}

function splits(text: string, separator: RegExp): readonly Claim[] {
  return [...text.matchAll(separator)].flatMap((match) => {
    const call = unquoted(text.slice(0, match.index));
    const value = unquoted(text.slice(match.index + match[0].length).replace(/[.,;]\s*$/, ""));
    const isCall = callLike.test(call) && isBalanced(call);
    const isValue = valueLike.test(value) && isBalanced(value) && !comparing.test(value);
    return isCall && isValue ? [{ call, value }] : [];
  });
}

function unquoted(text: string): string {
  const trimmed = text.trim();
  const inner = /^(`+)([^`]+)\1$/.exec(trimmed)?.[2];
  return (inner ?? trimmed).trim();
}

/**
 * Whether all brackets close, outside of strings: a separator inside a call's brackets or a string
 * splits nothing.
 */
export function isBalanced(text: string): boolean {
  const open: string[] = [];
  let quote: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const each = text.charAt(at);
    if (quote !== undefined) {
      if (each === "\\") at++;
      else if (each === quote) quote = undefined;
    } else if (each === '"' || each === "'" || each === "`") quote = each;
    else if (pairs[each] !== undefined) open.push(pairs[each]);
    else if (")]}".includes(each) && open.pop() !== each) return false;
  }
  return open.length === 0 && quote === undefined;
}

const pairs: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

const literalTokens =
  /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.)*`|[\p{L}_$][\p{L}\p{N}_$]*(?=\s*:)|\b(?:true|false|null|undefined|NaN|Infinity)\b|-?\b\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?n?\b|-?\.\d+|[\s[\]{},:-]+/giu;

/**
 * Whether the text is a value of JavaScript with nothing in it that could be called or looked up.
 */
export function isScriptLiteral(text: string): boolean {
  return text.trim() !== "" && text.replace(literalTokens, "") === "";
}
