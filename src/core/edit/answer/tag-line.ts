import { isPath } from "./named-path";

export interface TagLine {
  /** As written: what its closing tag has too. */
  readonly name: string;
  /** In small letters: `old_str` of `<old_str>` and of `<parameter name="old_str">`. */
  readonly key: string;
  readonly path: string | undefined;
  readonly language: string | undefined;
  readonly behind: string;
}

const opening = /^\s*<([A-Za-z][\w.:-]{0,40})([\s=][^<>]{0,400})?>/;
const pathValue =
  /\b(?:path|file|file_?path|file_?name|name|title)\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)')/gi;
const languageValue = /\blang(?:uage)?\s{0,9}=\s{0,9}["']?([\w+#-]+)/i;
const parameterName = /^(?:=\s{0,9}|\s.{0,200}?\bname\s{0,9}=\s{0,9}["']?)([\w-]+)/;

/** The tag that the line opens with; undefined for one that closes itself. */
export function tagLineOf(line: string): TagLine | undefined {
  const match = opening.exec(line);
  if (!match) return undefined;
  const [all, name = "", attributes = ""] = match;
  if (attributes.endsWith("/")) return undefined;
  const parameter = /^(?:parameter|param|arg|argument|field)$/i.test(name);
  const key = (parameter && parameterName.exec(attributes)?.[1]) || name;
  const path = [...attributes.matchAll(pathValue)]
    .map((value) => value[1] ?? value[2] ?? "")
    .find(isPath);
  const language = languageValue.exec(attributes)?.[1];
  return {
    name,
    key: key.toLowerCase(),
    path,
    language: language?.toLowerCase(),
    behind: line.slice(all.length),
  };
}
