import type { CleanEdit } from "./clean-edits";
import { timesIn } from "./clean-edits";
import {
  fence,
  indentOf,
  type Make,
  may,
  must,
  mustNot,
  ofFunction,
  type Scene,
  text,
} from "./new-kinds-scene";

interface Parts {
  readonly before: readonly string[];
  readonly old: string;
  readonly fresh: readonly string[];
  readonly after: readonly string[];
}

function partsOf({ search, replace, changed }: CleanEdit): Parts {
  const after = search.slice(changed + 1);
  return {
    before: search.slice(0, changed),
    old: search[changed] ?? "",
    fresh: replace.slice(changed, replace.length - after.length),
    after,
  };
}

function signed(
  { before, old, fresh, after }: Parts,
  blank = " ",
  minus = "-",
  plus = "+",
): string[] {
  const put = (lines: readonly string[], sign: string): string[] =>
    lines.map((line) => sign + line);
  return [...put(before, blank), minus + old, ...put(fresh, plus), ...put(after, blank)];
}

const diffFence = (lines: readonly string[]): string => fence("diff", lines);
const headOf = ({ path, edit }: Scene): string[] => [
  `--- a/${path}`,
  `+++ b/${path}`,
  `@@ -${edit.start + 1},${edit.search.length} +${edit.start + 1},${edit.replace.length} @@`,
];
const lineOf = ({ edit }: Scene): number => edit.start + edit.changed + 1;

/** Diffs that no tool would have written, and orders to edit by line. */
export const diffKinds: Readonly<Record<string, Make>> = {
  "diff: changed lines alone": (scene) => {
    const { old, fresh } = partsOf(scene.edit);
    const answer = diffFence([`-${old}`, ...fresh.map((line) => `+${line}`)]);
    if (timesIn(scene.lines, [old]) === 1) return must(scene, answer);
    // Equal but for its indentation is not the same line.
    return scene.lines.filter((line) => line === old).length === 1
      ? may(scene, answer)
      : mustNot(answer);
  },
  "diff: dots between": (scene) => {
    const parts = partsOf(scene.edit);
    if (parts.before.length < 2 || timesIn(scene.lines, [parts.old]) !== 1) return undefined;
    return may(
      scene,
      diffFence([
        ...headOf(scene),
        ` ${parts.before[0]}`,
        " ...",
        `-${parts.old}`,
        ...parts.fresh.map((line) => `+${line}`),
      ]),
    );
  },
  "diff: a blank behind each sign": (scene) =>
    must(scene, diffFence([...headOf(scene), ...signed(partsOf(scene.edit), "  ", "- ", "+ ")])),
  "diff: signs behind the indentation": (scene) => {
    const behind = (line: string, sign: string): string =>
      `${indentOf(line)}${sign} ${line.trimStart()}`;
    const { before, old, fresh, after } = partsOf(scene.edit);
    if (indentOf(old) === "") return undefined;
    return may(
      scene,
      diffFence([...before, behind(old, "-"), ...fresh.map((line) => behind(line, "+")), ...after]),
    );
  },
  "diff: signs in a function of the language": ofFunction((fn, scene) => {
    const fresh = fn.fresh.slice(fn.changed, fn.changedEnd);
    const lines = [
      ...fn.old.slice(0, fn.changed).map((line) => ` ${line}`),
      `-${fn.old[fn.changed]}`,
      ...fresh.map((line) => `+${line}`),
      ...fn.old.slice(fn.changed + 1).map((line) => ` ${line}`),
    ];
    return must(scene, `Corrected:\n\n${fence(scene.languageId, lines)}`);
  }),
  "diff: all out and all in": ofFunction((fn, scene) =>
    must(
      scene,
      diffFence([
        ...headOf(scene),
        ...fn.old.map((line) => `-${line}`),
        ...fn.fresh.map((line) => `+${line}`),
      ]),
    ),
  ),
  "diff: of git, with all its lines": (scene) =>
    must(
      scene,
      diffFence([
        `diff --git a/${scene.path} b/${scene.path}`,
        "index 83db48f..bf2a3c1 100644",
        ...headOf(scene).slice(0, 2),
        "@@ function @@",
        ...signed(partsOf(scene.edit)),
        "\\ No newline at end of file",
      ]),
    ),
  "diff: no head, no fence": (scene) =>
    may(scene, `Apply this:\n\n${text(["@@ @@", ...signed(partsOf(scene.edit))])}\nThat is all.\n`),
  "diff: old and new line numbers": (scene) => {
    const { before, old, fresh, after } = partsOf(scene.edit);
    const from = scene.edit.start + 1;
    const both = (line: string, was: number, is: number): string => `${was} ${is}   ${line}`;
    return may(
      scene,
      diffFence([
        ...before.map((line, at) => both(line, from + at, from + at)),
        `${lineOf(scene)}    - ${old}`,
        ...fresh.map((line, at) => `   ${lineOf(scene) + at} + ${line}`),
        ...after.map((line, at) =>
          both(line, lineOf(scene) + 1 + at, lineOf(scene) + fresh.length + at),
        ),
      ]),
    );
  },
  "diff: of contexts": (scene) => {
    const { before, old, fresh, after } = partsOf(scene.edit);
    const from = scene.edit.start + 1;
    const range = `${from},${from + scene.edit.search.length - 1}`;
    const half = (changed: readonly string[]): string[] => [
      ...before.map((line) => `  ${line}`),
      ...changed.map((line) => `! ${line}`),
      ...after.map((line) => `  ${line}`),
    ];
    return may(
      scene,
      diffFence([
        `*** ${scene.path}`,
        `--- ${scene.path}`,
        "***************",
        `*** ${range} ****`,
        ...half([old]),
        `--- ${range} ----`,
        ...half(fresh),
      ]),
    );
  },
  "diff: plain": (scene) => {
    const { old, fresh } = partsOf(scene.edit);
    const at = lineOf(scene);
    return may(
      scene,
      diffFence([`${at}c${at}`, `< ${old}`, "---", ...fresh.map((line) => `> ${line}`)]),
    );
  },
  "order: ed": (scene) => {
    const { fresh } = partsOf(scene.edit);
    return may(scene, `\`\`\`ed\n${lineOf(scene)}c\n${text(fresh)}.\nw\nq\n\`\`\`\n`);
  },
  "order: sed": (scene) => {
    const { old, fresh } = partsOf(scene.edit);
    if (fresh.length !== 1 || /[/&\\'[\]*.^$]/.test(old + fresh[0])) return undefined;
    return may(
      scene,
      `Run:\n\n\`\`\`bash\nsed -i '${lineOf(scene)}s/${old.trim()}/${fresh[0]?.trim()}/' ${scene.path}\n\`\`\`\n`,
    );
  },
  "order: on line N, change this to that": (scene) => {
    const { old, fresh } = partsOf(scene.edit);
    if (fresh.length !== 1 || `${old}${fresh[0]}`.includes("`")) return undefined;
    return may(
      scene,
      `On line ${lineOf(scene)}, change \`${old.trim()}\` to \`${fresh[0]?.trim()}\`.\n`,
    );
  },
  "order: table of old and new": (scene) => {
    const { old, fresh } = partsOf(scene.edit);
    if (fresh.length !== 1 || /[`|]/.test(`${old}${fresh[0]}`)) return undefined;
    return may(
      scene,
      `| Line | Old | New |\n|---|---|---|\n| ${lineOf(scene)} | \`${old.trim()}\` | \`${fresh[0]?.trim()}\` |\n`,
    );
  },
  "order: replace lines N to M with": (scene) => {
    const { start, search, replace } = scene.edit;
    return may(
      scene,
      `Replace lines ${start + 1}-${start + search.length} with:\n\n${fence(scene.languageId, replace)}`,
    );
  },
};
