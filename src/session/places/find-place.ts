import { type PlaceReading, placeReadings } from "../../base/text/place-names";

/** A place of the project that really is there. `line` counts from 0. */
export interface FoundPlace {
  readonly uri: string;
  /** As people see it. */
  readonly path: string;
  readonly line: number;
}

/** Something that code declares, as whoever knows it tells of it. */
export interface DeclaredName extends FoundPlace {
  readonly name: string;
  /** What it is declared in; absent or "" at the top level. */
  readonly container?: string | undefined;
}

/**
 * Where places are looked up. All of it is about files of the project that may be shown, and
 * nothing else.
 */
export interface PlaceSource {
  /**
   * The file that the text is about, first, and others that belong to it: a name is theirs before
   * it is another's.
   */
  readonly near: readonly string[];
  /** Files whose path is this, or ends in it. */
  files(path: string): Promise<readonly { readonly uri: string; readonly path: string }[]>;
  /** Undefined for what cannot be read. */
  lineCount(uri: string): Promise<number | undefined>;
  declaredIn(uri: string): Promise<readonly DeclaredName[]>;
  declaredAnywhere(name: string): Promise<readonly DeclaredName[]>;
}

/**
 * The place that a name in a model's text means. A name that several places share means the one
 * that is near, and else none: a link to the wrong place is worse than none.
 */
export async function findPlace(
  name: string,
  source: PlaceSource,
): Promise<FoundPlace | undefined> {
  for (const reading of placeReadings(name)) {
    const found = await placeOf(reading, source);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function placeOf(
  reading: PlaceReading,
  source: PlaceSource,
): Promise<FoundPlace | undefined> {
  switch (reading.kind) {
    case "file":
      return await filePlace(reading.path, reading.line, source);
    case "symbol":
      return await symbolPlace(reading.name, reading.container, source);
    default:
      return reading satisfies never;
  }
}

async function filePlace(
  path: string,
  line: number | undefined,
  source: PlaceSource,
): Promise<FoundPlace | undefined> {
  const all = await source.files(path);
  const whole = all.filter((each) => each.path === path);
  const near = all.filter(({ uri }) => source.near.includes(uri));
  const only = [near, whole, all].find(({ length }) => length === 1)?.[0];
  if (only === undefined) return undefined;
  if (line === undefined) return { ...only, line: 0 };
  const lines = await source.lineCount(only.uri);
  return lines !== undefined && line >= 1 && line <= lines
    ? { ...only, line: line - 1 }
    : undefined;
}

async function symbolPlace(
  name: string,
  container: string | undefined,
  source: PlaceSource,
): Promise<FoundPlace | undefined> {
  const named = (all: readonly DeclaredName[]) => {
    const same = all.filter((each) => shortName(each.name) === name);
    const within = same.filter((each) => shortName(each.container ?? "") === container);
    return within.length > 0 ? within : same;
  };
  for (const uri of source.near) {
    // Several of one file are its overloads, or close together.
    const [first] = named(await source.declaredIn(uri));
    if (first !== undefined) return placeIn(first);
  }
  const [first, ...others] = named(await source.declaredAnywhere(name));
  return first !== undefined && others.every(({ uri }) => uri === first.uri)
    ? placeIn(first)
    : undefined;
}

/** Some providers write a declaration's parameters behind its name. */
function shortName(name: string): string {
  return name.replace(/[(<\s].*$/s, "");
}

function placeIn({ uri, path, line }: DeclaredName): FoundPlace {
  return { uri, path, line };
}
