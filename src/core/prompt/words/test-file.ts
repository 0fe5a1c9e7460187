import { languageById } from "../../../base/languages/languages";

/**
 * Where tests of a file go by the custom of its language: beside it. @returns a path relative to
 * the workspace; `number` above 1 gives a further name, for when the first is taken.
 */
export function testFileFor(path: string, languageId: string, number = 1): string {
  const slash = path.lastIndexOf("/");
  const folder = path.slice(0, slash + 1);
  const file = path.slice(slash + 1);
  const dot = file.lastIndexOf(".");
  const stem = dot > 0 ? file.slice(0, dot) : file;
  const extension = dot > 0 ? file.slice(dot) : "";
  const suffix = number > 1 ? String(number) : "";
  const name = languageById(languageId)?.testName ?? "*.test";
  const named = name.endsWith("*")
    ? `${name.slice(0, -1)}${stem}${suffix === "" ? "" : `_${suffix}`}`
    : name.replace("*", () => stem + suffix);
  return `${folder}${named}${extension}`;
}
