import type { ExampleCall } from "./example-calls";
import { type Argument, entriesOf, itemsOf, type Literal, numberLike, stringOf } from "./literals";

/** A call to be made, as code. */
export interface Call {
  /** The whole of it; no two calls have the same. */
  readonly name: string;
  readonly callee: string;
  /** What stands between its brackets. */
  readonly arguments: string;
}

/** Whole numbers up to here are made larger; what counts up to one of more may take long. */
const largeNumber = 1_000;
const mostExamples = 10;
const mostElements = 4;
const variationsOfElement = 3;

/**
 * The calls of the examples, and calls with arguments near theirs: the usual edges of each kind of
 * value, one argument changed at a time, then what is near those. Always the same for the same
 * examples. None where no argument can be changed: what the examples come to is known.
 * @param most so many calls in all, from each argument of each example about as many.
 */
export function variedCalls(examples: readonly ExampleCall[], most: number): readonly Call[] {
  const calls = new Map<string, Call>();
  const added = (all: readonly ExampleCall[]): readonly ExampleCall[] =>
    all.filter((each) => {
      const call = callOf(each);
      if (calls.size >= most || calls.has(call.name)) return false;
      calls.set(call.name, call);
      return true;
    });
  let newest = added(examples.slice(0, mostExamples));
  const documented = calls.size;
  while (newest.length > 0) newest = added(inTurn(newest.flatMap(rowsOf)));
  return calls.size === documented ? [] : [...calls.values()];
}

/** The first of each row, then the second of each. */
function inTurn<T>(rows: readonly (readonly T[])[]): readonly T[] {
  const longest = Math.max(0, ...rows.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) =>
    rows.flatMap((row) => row.slice(at, at + 1)),
  ).flat();
}

function callOf({ callee, arguments: given }: ExampleCall): Call {
  const written = given
    .map(({ name, value }) => (name === undefined ? value.text : `${name}=${value.text}`))
    .join(", ");
  return { name: `${callee}(${written})`, callee, arguments: written };
}

/** A row of calls for each argument, and one with two of them swapped. */
function rowsOf(call: ExampleCall): readonly (readonly ExampleCall[])[] {
  const { arguments: given } = call;
  const withValue = (at: number, value: Literal): readonly Argument[] =>
    given.with(at, { ...given[at], value });
  const changed = given.map(({ value }, at) =>
    variationsOf(value).map((other) => ({ ...call, arguments: withValue(at, other) })),
  );
  const swapped = given.flatMap(({ value }, at) => {
    const next = given[at + 1];
    if (next === undefined || !isAlike(value, next.value)) return [];
    const arguments_ = withValue(at, next.value).with(at + 1, { ...next, value });
    return [{ ...call, arguments: arguments_ }];
  });
  return [...changed, swapped];
}

function isAlike(one: Literal, other: Literal): boolean {
  return one.kind === other.kind && one.kind !== "fixed";
}

const turnedWord: Readonly<Record<string, string>> = {
  True: "False",
  False: "True",
  true: "false",
  false: "true",
};

/** Other values of the same kind, the most telling first. */
function variationsOf(literal: Literal): readonly Literal[] {
  switch (literal.kind) {
    case "number":
      return numbersNear(literal.value).map((value) => numberLike(value, literal));
    case "string":
      return stringsNear([...literal.value]).map((value) => stringOf(value));
    case "items":
      return [...listsNear(literal.items), ...elementsChanged(literal.items)].flatMap(
        (items) => itemsOf(items, literal.open) ?? [],
      );
    case "entries": {
      const { entries } = literal;
      const changed = entries.flatMap((entry, index) =>
        variationsOf(entry.value)
          .slice(0, variationsOfElement)
          .map((value) => entriesOf(entries.with(index, { ...entry, value }))),
      );
      return [
        entriesOf([]),
        entriesOf(entries.slice(0, 1)),
        entriesOf(entries.slice(1)),
        ...changed,
      ];
    }
    case "fixed": {
      const other = turnedWord[literal.text];
      return other === undefined ? [] : [{ kind: "fixed", text: other }];
    }
    default:
      return literal satisfies never;
  }
}

function numbersNear(value: number): readonly number[] {
  const larger =
    Math.abs(value) < largeNumber ? [Math.min(10 * Math.abs(value) + 7, largeNumber)] : [];
  return [value + 1, 0, value - 1, 1, -1, 2 * value, ...larger, -value];
}

function stringsNear(signs: readonly string[]): readonly string[] {
  const [first = ""] = signs;
  const lists = [
    [],
    [first],
    signs.toReversed(),
    signs.slice(1),
    [first, ...signs],
    signs.slice(0, -1),
    [...signs, ...signs],
    [...signs, ...signs.toReversed()],
    signs.toSorted(),
  ].map((each) => each.join(""));
  return [...lists, signs.join("").toUpperCase(), ` ${signs.join("")}`];
}

function listsNear(items: readonly Literal[]): readonly (readonly Literal[])[] {
  const [first] = items;
  if (first === undefined) return [];
  return [
    [],
    [first],
    items.toReversed(),
    items.slice(1),
    [first, ...items],
    items.slice(0, -1),
    [...items, ...items],
    [...items, ...items.toReversed()],
    ...sorted(items),
  ];
}

/** Nothing where the items have no order among them. */
function sorted(items: readonly Literal[]): readonly (readonly Literal[])[] {
  const numbers = items.flatMap((each) => (each.kind === "number" ? each : []));
  if (numbers.length === items.length)
    return [numbers.toSorted((one, other) => one.value - other.value)];
  const strings = items.flatMap((each) => (each.kind === "string" ? each : []));
  if (strings.length < items.length) return [];
  return [strings.toSorted((one, other) => (one.value < other.value ? -1 : 1))];
}

/**
 * One element changed at a time, of the first few: the first change of each before the second of
 * any.
 */
function elementsChanged(items: readonly Literal[]): readonly (readonly Literal[])[] {
  const others = items.slice(0, mostElements).map(variationsOf);
  return Array.from({ length: variationsOfElement }, (_, at) =>
    others.flatMap((each, index) => {
      const other = each[at];
      return other === undefined ? [] : [items.with(index, other)];
    }),
  ).flat();
}
