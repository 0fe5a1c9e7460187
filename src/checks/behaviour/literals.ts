/**
 * A value that is written out in the code of Python, JavaScript or TypeScript, as far as it can be
 * changed. `text` is how it stands there. `fixed` is one that is only copied.
 */
export type Literal =
  | { readonly kind: "number"; readonly text: string; readonly value: number }
  | { readonly kind: "string"; readonly text: string; readonly value: string }
  | {
      readonly kind: "items";
      readonly text: string;
      /** `{` for a set. */
      readonly open: "[" | "(" | "{";
      readonly items: readonly Literal[];
    }
  | { readonly kind: "entries"; readonly text: string; readonly entries: readonly Entry[] }
  | { readonly kind: "fixed"; readonly text: string };

interface Entry {
  /** As it is written. */
  readonly key: string;
  readonly value: Literal;
}

/** An argument of a call. */
export interface Argument {
  /** Of one that is given by its name. */
  readonly name?: string;
  readonly value: Literal;
}

/** What was read, and where it ends. */
interface Read<T> {
  readonly value: T;
  readonly end: number;
}

const numeral =
  /[-+]?(?:0[xob][\da-f_]+|\d[\d_]*(?:\.[\d_]*)?(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?)(?![\w.])/iy;
const quoted = /([bru]{0,2})("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.)*`)/iy;
const word = /(?:True|False|None|true|false|null|undefined|NaN|Infinity)\b/y;
const bareKey = /[\p{L}_$][\p{L}\p{N}_$]*(?=\s*:)/uy;
const named = /([\p{L}_][\p{L}\p{N}_]*)\s*=(?!=)/uy;
const closing = { "[": "]", "(": ")", "{": "}" } as const;

/**
 * Reads the arguments of a call from its bracket on. @returns undefined where one of them is
 * anything but a written value.
 */
export function readArguments(text: string, open: number): Read<readonly Argument[]> | undefined {
  return readUntil(text, open + 1, ")", (at) => {
    const name = matchAt(named, text, at);
    const value = readLiteral(text, name === undefined ? at : skip(text, at + name[0].length));
    if (value === undefined) return undefined;
    const given = name?.[1] === undefined ? {} : { name: name[1] };
    return { value: { ...given, value: value.value }, end: value.end };
  });
}

function readLiteral(text: string, at: number): Read<Literal> | undefined {
  const open = text.charAt(at);
  if (open === "[" || open === "(") return readItems(text, at, open);
  if (open === "{") return readEntries(text, at) ?? readItems(text, at, open);
  const number = matchAt(numeral, text, at)?.[0];
  if (number !== undefined) return { value: numberOf(number), end: at + number.length };
  const [string, prefix = "", body = ""] = matchAt(quoted, text, at) ?? [];
  // What follows without a comma belongs to it: `"""` is no empty string.
  if (string !== undefined && !/["'`\w]/.test(text.charAt(at + string.length))) {
    const value = prefix === "" ? unescaped(body.slice(1, -1)) : undefined;
    const literal: Literal =
      value === undefined
        ? { kind: "fixed", text: string }
        : { kind: "string", text: string, value };
    return { value: literal, end: at + string.length };
  }
  const known = matchAt(word, text, at)?.[0];
  if (known === undefined) return undefined;
  return { value: { kind: "fixed", text: known }, end: at + known.length };
}

function numberOf(text: string): Literal {
  const value = Number(text.replaceAll("_", ""));
  return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER
    ? { kind: "number", text, value }
    : { kind: "fixed", text };
}

function readItems(text: string, at: number, open: "[" | "(" | "{"): Read<Literal> | undefined {
  const read = readUntil(text, at + 1, closing[open], (from) => readLiteral(text, from));
  if (read === undefined) return undefined;
  const whole = text.slice(at, read.end);
  const [only] = read.value;
  // Brackets around a value make no tuple of it.
  if (open === "(" && read.value.length === 1 && only !== undefined && !/,\s*\)$/.test(whole))
    return { value: only, end: read.end };
  return { value: { kind: "items", text: whole, open, items: read.value }, end: read.end };
}

function readEntries(text: string, at: number): Read<Literal> | undefined {
  const read = readUntil(text, at + 1, "}", (from): Read<Entry> | undefined => {
    const bare = matchAt(bareKey, text, from)?.[0];
    const keyEnd = bare === undefined ? readLiteral(text, from)?.end : from + bare.length;
    if (keyEnd === undefined) return undefined;
    const colon = skip(text, keyEnd);
    if (text[colon] !== ":") return undefined;
    const value = readLiteral(text, skip(text, colon + 1));
    return (
      value && { value: { key: text.slice(from, keyEnd), value: value.value }, end: value.end }
    );
  });
  if (read === undefined) return undefined;
  const whole = text.slice(at, read.end);
  return { value: { kind: "entries", text: whole, entries: read.value }, end: read.end };
}

/** Values with commas between them up to a bracket; a comma may stand behind the last. */
function readUntil<T>(
  text: string,
  from: number,
  close: string,
  read: (at: number) => Read<T> | undefined,
): Read<readonly T[]> | undefined {
  const values: T[] = [];
  for (let at = skip(text, from); at < text.length; ) {
    if (text[at] === close) return { value: values, end: at + 1 };
    const next = read(at);
    if (next === undefined) return undefined;
    values.push(next.value);
    at = skip(text, next.end);
    if (text[at] === ",") at = skip(text, at + 1);
    else if (text[at] !== close) return undefined;
  }
  return undefined;
}

function skip(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text.charAt(at))) at++;
  return at;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "0": "\0" };

/** @returns undefined where the two languages may mean different things. */
function unescaped(body: string): string | undefined {
  let isKnown = true;
  const value = body.replace(/\\(u[\da-f]{4}|x[\da-f]{2}|[\s\S])/gi, (_, sign: string) => {
    if (sign.length > 1) return String.fromCharCode(Number.parseInt(sign.slice(1), 16));
    const known = escapes[sign] ?? (/["'`\\]/.test(sign) ? sign : undefined);
    isKnown &&= known !== undefined;
    return known ?? "";
  });
  return isKnown ? value : undefined;
}

/** How a number is written that stands in the place of another, which is whole or not. */
export function numberLike(value: number, { text }: Literal): Literal {
  const isWhole = !/[.e]/i.test(text) || /^[-+]?0x/i.test(text);
  const written = String(value);
  return {
    kind: "number",
    value,
    text: isWhole || /[.e]/.test(written) ? written : `${written}.0`,
  };
}

export function stringOf(value: string): Literal {
  return { kind: "string", value, text: JSON.stringify(value) };
}

/** @returns undefined for an empty set, which cannot be written like others. */
export function itemsOf(items: readonly Literal[], open: "[" | "(" | "{"): Literal | undefined {
  if (open === "{" && items.length === 0) return undefined;
  const inner = items.map(({ text }) => text).join(", ");
  const comma = open === "(" && items.length === 1 ? "," : "";
  return { kind: "items", open, items, text: `${open}${inner}${comma}${closing[open]}` };
}

export function entriesOf(entries: readonly Entry[]): Literal {
  const inner = entries.map(({ key, value }) => `${key}: ${value.text}`).join(", ");
  return { kind: "entries", entries, text: `{${inner}}` };
}
