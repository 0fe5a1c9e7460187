/** The part of a diff about one file. */
interface FileOfDiff {
  /** Where it stands in the repository; undefined where that cannot be told. */
  readonly path: string | undefined;
  readonly text: string;
}

/** A diff as Git writes it, file by file. */
export function filesOfDiff(diff: string): readonly FileOfDiff[] {
  return diff.split(/^(?=diff --)/m).map((text) => ({ path: pathIn(text), text }));
}

/** A file that is gone has only its old name. */
function pathIn(text: string): string | undefined {
  const [head = ""] = text.split(/^@@/m, 1);
  const names = [...head.matchAll(/^(?:\+\+\+|---) (.+?)\t?\r?$/gm)].reverse();
  for (const [, written = ""] of names) {
    const name = plainName(written);
    if (name !== "/dev/null") return name.replace(/^[a-z]\//, "");
  }
  return undefined;
}

/** `"b/\\303\\244.env"` is `b/ä.env`. */
function plainName(name: string): string {
  if (!/^".*"$/.test(name)) return name;
  const bytes = [
    ...name.slice(1, -1).matchAll(/\\(?<octal>\d{3})|\\(?<sign>.)|(?<plain>[^\\]+)/g),
  ].flatMap(({ groups = {} }) => {
    const { octal, sign, plain } = groups;
    return octal === undefined
      ? [...new TextEncoder().encode(plain ?? sign ?? "")]
      : Number.parseInt(octal, 8);
  });
  return new TextDecoder().decode(new Uint8Array(bytes));
}
