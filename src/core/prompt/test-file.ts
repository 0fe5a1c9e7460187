/**
 * Where tests of a file go by the custom of its language: beside it. @returns a path relative to the workspace; `number` above 1
 * gives a further name, for when the first is taken.
 */
export function testFileFor(path: string, languageId: string, number = 1): string {
  const slash = path.lastIndexOf("/");
  const folder = path.slice(0, slash + 1);
  const file = path.slice(slash + 1);
  const dot = file.lastIndexOf(".");
  const stem = dot > 0 ? file.slice(0, dot) : file;
  const extension = dot > 0 ? file.slice(dot) : "";
  const suffix = number > 1 ? String(number) : "";
  switch (languageId) {
    case "python":
      return `${folder}test_${stem}${suffix === "" ? "" : `_${suffix}`}${extension}`;
    case "go":
      return `${folder}${stem}${suffix}_test${extension}`;
    case "ruby":
      return `${folder}${stem}${suffix}_spec${extension}`;
    case "java":
    case "csharp":
    case "php":
      return `${folder}${stem}${suffix}Test${extension}`;
    case "rust":
    case "c":
    case "cpp":
      return `${folder}${stem}${suffix}_test${extension}`;
    default:
      return `${folder}${stem}${suffix}.test${extension}`;
  }
}
