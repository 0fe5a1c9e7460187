/** A way to bring in names, which languages share. */
export interface ImportForm {
  readonly line: RegExp;
  /**
   * The names that a line of this form binds, without its semicolon; undefined where that is not
   * told by its text.
   */
  readonly names?: (text: string) => readonly string[] | undefined;
}

/** `import a, b.c`. Python binds the first part of a path, Java the last. */
export const plainImport: ImportForm = {
  line: /^import\s+\S/,
  names: (text) => {
    const list = /^import\s([\w.,\s]+)$/.exec(text)?.[1];
    return words(list)?.flatMap((name) => [
      name.replace(/\..*/, ""),
      name.slice(name.lastIndexOf(".") + 1),
    ]);
  },
};

/** `import "a/b"`, `import c "a/b/v2"`, as Go names packages. */
export const quotedImport: ImportForm = {
  line: /^import\s+(?:[\w.]+\s+)?"/,
  names: (text) => {
    const [, alias, path] = /^import\s+(?:([\w.]+)\s+)?"([^"]+)"$/.exec(text) ?? [];
    const name =
      alias ??
      path
        ?.replace(/\/v\d+$/, "")
        .split("/")
        .pop();
    return name === undefined ? undefined : [name];
  },
};

/** `from a import b, c as d`. */
export const fromImport: ImportForm = {
  line: /^from\s+\S+\s+import\s/,
  names: (text) => {
    const list = /^from\s+\S+\s+import\s+(\S.*)$/.exec(text)?.[1];
    return words(list?.replace(/[()]/g, ""));
  },
};

/** `import a, { b as c } from "d"`. */
export const moduleImport: ImportForm = {
  line: /^import\s+\S/,
  names: (text) => {
    const list = /^import\s+(?:type\s+)?(\S.*?)(?<!\s)\s+from\b/.exec(text)?.[1];
    return words(list?.replace(/[{}*]/g, ""));
  },
};

/** `const { a, b } = require("c")`, `local a = require("b")`. */
export const assignedImport: ImportForm = {
  line: /^(?:const|let|var|local)\s[^=;]+=\s*require\b\s*[("'[]/,
  names: (text) => {
    const list =
      /^(?:const|let|var)\s+([^\s=][^=]*)=/.exec(text)?.[1] ?? /^local\s+(\w+)/.exec(text)?.[1];
    return words(list?.replace(/[{}*]/g, ""));
  },
};

/** `export { a } from "b"`. */
export const passedOn: ImportForm = { line: /^export\s+(?:\*|\{[^}]*\})\s+from\s/ };

/** `use a::{b, c};`, `use A\B;`. */
export const useImport: ImportForm = {
  line: /^(?:pub(?:\([^)]*\))?\s+)?use\s+(?:function\s+|const\s+)?[\w:\\{*][^()=]*;?$/,
  names: (text) =>
    /^(?:pub\s+)?use\s+(\S.*)$/
      .exec(text)?.[1]
      ?.split(/[^\w]+/)
      .filter((name) => name !== ""),
};

/** `use A;` brings what the module gives of itself; `use A qw(b c);` tells. */
export const modulesUsed: ImportForm = {
  line: /^use\s+(?!constant\b|vars\b)[A-Za-z][\w:]*(?:\s[^;]*)?;/,
  names: (text) => {
    const list = /\bqw\s*[([{/]([\w\s]+)[)\]}/]$/.exec(text)?.[1];
    return list?.trim().split(/\s+/);
  },
};

/** `using A.B;`. */
export const usingImport: ImportForm = { line: /^(?:global\s+)?using\s[\w.=\s:<>]+;$/ };

/** `#include <a>`. */
export const included: ImportForm = { line: /^#\s*(?:include|import)\s*[<"]/ };

/** `require "a"`, `source a`: a file is run there. */
export const loadedFile: ImportForm = {
  line: /^(?:require|require_relative|require_once|include_once|load|source)\b\s*(?:\(\s*)?["'\w/]/,
};

/** `@use "a"`. */
export const styleImport: ImportForm = { line: /^@(?:import|use|forward)\s+\S/ };

/** Of a text whose language is not known, or has no imports that we know, any may be one. */
export const anyImport: readonly ImportForm[] = [
  fromImport,
  plainImport,
  moduleImport,
  assignedImport,
  useImport,
  usingImport,
  included,
  loadedFile,
  styleImport,
  passedOn,
];

function words(list: string | undefined): string[] | undefined {
  return list
    ?.split(",")
    .map((part) => (/\bas\s+(\w+)/.exec(part)?.[1] ?? part.trim()).trim())
    .filter((name) => name !== "");
}
