/** Something that the person named in a question with an `@`. */
export type Mention =
  | { readonly kind: "file" | "folder" | "symbol"; readonly name: string }
  | { readonly kind: "problems" | "diff" | "selection" | "terminal" };

/** Mentions without a name, as they are written behind the `@`. */
const plainMentions = ["problems", "diff", "selection", "terminal"] as const;
const namedMentions = ["file", "folder", "symbol"] as const;

/**
 * `@file:src/a.ts`, `@folder:"my docs"`, `@symbol:Basket.total`, `@problems`. What stands behind a
 * letter is no mention, as in an e-mail address; a decorator such as `@property` is none because it
 * is no word of ours.
 */
const mention =
  /(?<![\p{L}\p{N}_@./-])@(?:(?<kind>file|folder|symbol):(?:"(?<quoted>[^"\n]+)"|(?<name>[^\s"]+))|(?<plain>problems|diff|selection|terminal)(?![\p{L}\p{N}_(.:]))/gu;
/** Ends a sentence rather than a name: `see @file:a.py.` names a.py. */
const sentenceEnd = /[.,;:!?)\]]+$/u;

/** What a question names, each once, in its order. */
export function mentionsIn(text: string): readonly Mention[] {
  const found = new Map<string, Mention>();
  for (const { groups } of text.matchAll(mention)) {
    const one = mentionOf(groups ?? {});
    if (one !== undefined) found.set(mentionText(one), one);
  }
  return [...found.values()];
}

/** A mention as it is written: `@file:src/a.ts`. */
export function mentionText(one: Mention): string {
  if (!("name" in one)) return `@${one.kind}`;
  return /[\s"]|[.,;:!?)\]]$/u.test(one.name)
    ? `@${one.kind}:"${one.name}"`
    : `@${one.kind}:${one.name}`;
}

function mentionOf(groups: Record<string, string | undefined>): Mention | undefined {
  const { kind, quoted, name, plain } = groups;
  const isPlain = plainMentions.find((each) => each === plain);
  if (isPlain !== undefined) return { kind: isPlain };
  const isNamed = namedMentions.find((each) => each === kind);
  if (isNamed === undefined) return undefined;
  // `@folder:.` is the project.
  const bare = quoted ?? (name?.replace(sentenceEnd, "") || name);
  return bare === undefined ? undefined : { kind: isNamed, name: bare };
}
