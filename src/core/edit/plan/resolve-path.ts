import { fileNameOf } from "../../../base/text/file-name";
import type { AnswerEdit } from "../answer/answer-edit";
import { filesNamed, isPath, normalPath } from "../answer/named-path";
import type { EditableFile } from "../edit-plan";
import { editDistance } from "../text/line-similarity";

export type Resolved =
  | { readonly kind: "files"; readonly files: readonly EditableFile[]; readonly notice?: string }
  | { readonly kind: "unknown"; readonly message: string };

/** The one that it names, else all of them: the text then decides. */
export function resolvePath(edit: AnswerEdit, files: readonly EditableFile[]): Resolved {
  const { path } = edit;
  if (path === undefined)
    return {
      kind: "files",
      files: files.length === 1 || edit.kind === "broken" ? files.slice(0, 1) : files,
    };
  const named = filesNamed(path, files);
  if (named.length === 1) return { kind: "files", files: named };
  // A comment above code that looks like a file name is no claim about where the code belongs.
  if (edit.kind === "code" && !edit.pathIsSure && named.length === 0)
    return { kind: "files", files };
  const similar = named.length === 0 ? files.filter((file) => isTypo(path, file.path)) : [];
  const [only] = similar;
  if (only && similar.length === 1)
    return {
      kind: "files",
      files: similar,
      notice: `The answer writes the path as \`${path}\`; \`${only.path}\` was taken.`,
    };
  const message =
    named.length > 1
      ? `The answer names \`${path}\`, which may be ${named.map((file) => `\`${file.path}\``).join(" or ")}.`
      : `The answer wants to change \`${path}\`, which is not among the files it was given.`;
  return { kind: "unknown", message };
}

/** A letter or two off, in a long name; a number is no slip for another. */
function isTypo(path: string, own: string): boolean {
  if (!isInside(path)) return false;
  const wanted = normalPath(path).replace(/^[ab]\//, "");
  const has = normalPath(own);
  const [left, right] = wanted.includes("/") ? [wanted, has] : [wanted, fileNameOf(has)];
  if (left.toLowerCase() === right.toLowerCase()) return true;
  if (left.replace(/\D/g, "") !== right.replace(/\D/g, "") || !sameKind(left, right)) return false;
  const isLong = fileNameOf(left).length >= 6 || fileNameOf(left) === fileNameOf(right);
  return isLong && editDistance(left.toLowerCase(), right.toLowerCase()) <= 2;
}

function sameKind(a: string, b: string): boolean {
  const ending = (text: string): string => text.slice(text.lastIndexOf(".") + 1);
  const script = /^[mc]?[jt]sx?$/;
  const [left, right] = [ending(a), ending(b)];
  return (
    left === right ||
    left.startsWith(right) ||
    right.startsWith(left) ||
    (script.test(left) && script.test(right))
  );
}

function isInside(path: string): boolean {
  const parts = path.replace(/\\/g, "/").split("/");
  return (
    !/^(?:[\\/]|~|[A-Za-z]:)/.test(path) && !parts.some((part) => part === ".." || part === ".git")
  );
}

export function isNewPath(path: string): boolean {
  return isInside(path) && isPath(path);
}
