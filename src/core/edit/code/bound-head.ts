import { limits } from "../limits";

/** What a line gives a value, by its words: `private int count` in `private int count = 3;`. */
interface BoundHead {
  readonly words: string;
  /** The last of them, which is the name. */
  readonly name: string;
}

const statement =
  /^(?:assert|await|case|defer|delete|do|echo|else|elif|end|for|from|go|if|import|include|namespace|new|package|print|require|return|switch|throw|try|use|using|when|while|with|yield)$/;
const word = /^[\w$.@#*&-][\w$.<>[\],?*&@-]*$/;
const name = /^#?[\p{L}_$][\p{L}\d_$.-]*$/u;
/** Behind these a name needs no value, for what it gives stands below. */
const value = /^(?:val|var|let)$/;

/** Whether a line begins as one that binds nothing: `return size;`. */
export function beginsStatement(line: string): boolean {
  return statement.test(line.trim().split(/\W/, 1)[0] ?? "");
}

/** `int size(void);`, a constant, a field. */
export function boundHead(line: string): BoundHead | undefined {
  const mask = line.slice(0, limits.compared);
  const sign = mask.search(/[={(]/);
  if (mask[sign] === "(" && !/\)\s*;\s*$/.test(mask)) return undefined;
  if (/^(?:==|=~)/.test(mask.slice(sign, sign + 2))) return undefined;
  const before = (sign < 0 ? mask : mask.slice(0, sign)).replace(/[-:?+|*/%&^]$/, "");
  const typed = before.search(/:(?!:)/);
  const words = (typed < 0 ? before : before.slice(0, typed)).trim().split(/\s+/);
  const last = words.at(-1);
  const isValue = words.some((one) => value.test(one));
  if (sign < 0 && !isValue) return undefined;
  if (mask[sign] !== "=" && words.length < 2) return undefined;
  if (
    last === undefined ||
    !name.test(last) ||
    !words.every((one) => word.test(one) && !statement.test(one))
  )
    return undefined;
  return { words: words.join(" "), name: last };
}
