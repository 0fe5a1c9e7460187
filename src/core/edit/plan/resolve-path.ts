import type { AnswerEdit } from "../answer/answer-edit";
import { filesNamed, isPath } from "../answer/named-path";
import type { EditableFile } from "../edit-plan";
import { editDistance } from "../text/line-similarity";

export type Resolved =
  | { readonly kind: "files"; readonly files: readonly EditableFile[]; readonly notice?: string }
  | { readonly kind: "unknown"; readonly message: string };

/** The files an edit is for: the one it names, or all that there are when it names none (the text then decides). */
export function resolvePath(edit: AnswerEdit, files: readonly EditableFile[]): Resolved {
  const { path } = edit;
  if (path === undefined) return { kind: "files", files: files.length === 1 || edit.kind === "broken" ? files.slice(0, 1) : files };
  const named = filesNamed(path, files);
  if (named.length === 1) return { kind: "files", files: named };
  // A comment above code that looks like a file name is no claim about where the code belongs.
  if (edit.kind === "code" && !edit.pathIsSure && named.length === 0) return { kind: "files", files };
  const similar = named.length === 0 ? files.filter((file) => isTypo(path, file.path)) : [];
  const [only] = similar;
  if (only && similar.length === 1)
    return { kind: "files", files: similar, notice: `The answer writes the path as \`${path}\`; \`${only.path}\` was taken.` };
  const message =
    named.length > 1
      ? `The answer names \`${path}\`, which may be ${named.map((file) => `\`${file.path}\``).join(" or ")}.`
      : `The answer wants to change \`${path}\`, which is not among the files it was given.`;
  return { kind: "unknown", message };
}

function isTypo(path: string, own: string): boolean {
  const name = (text: string): string => text.split(/[\\/]/).pop() ?? "";
  const folders = (text: string): string => text.replace(/\\/g, "/").replace(/^\.\//, "").split("/").slice(0, -1).join("/");
  const wanted = name(path);
  const has = name(own);
  if (folders(path) !== "" && folders(path) !== folders(own)) return false;
  if (wanted.split(".").pop() !== has.split(".").pop()) return false;
  return wanted.length >= 6 && editDistance(wanted.toLowerCase(), has.toLowerCase()) <= 2;
}

/** Whether a path may be that of a new file: relative, inside, and not of version control or another tool's own. */
export function isNewPath(path: string): boolean {
  const parts = path.replace(/\\/g, "/").split("/");
  return !/^(?:\/|~|[A-Za-z]:)/.test(path) && !parts.some((part) => part === ".." || part === ".git") && isPath(path);
}
