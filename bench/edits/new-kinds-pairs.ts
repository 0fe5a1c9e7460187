import { timesIn } from "./clean-edits";
import {
  block,
  fence,
  type Make,
  mark,
  may,
  must,
  mustNot,
  ofFunction,
  text,
  usual,
  wrongReplace,
} from "./new-kinds-scene";

const marked = (
  search: readonly string[],
  replace: readonly string[],
  marks: readonly [string, string, string],
): string => `${marks[0]}\n${text(search)}${marks[1]}\n${text(replace)}${marks[2]}\n`;

/** Old beside new, versions of one thing, and blocks with something wrong between the marks. */
export const pairKinds: Readonly<Record<string, Make>> = {
  "pair: headings before and after": (scene) => {
    const [from, to] = scene.random.pick([
      ["**Before:**", "**After:**"],
      ["### Original code", "### Fixed code"],
      ["Old:", "New:"],
      ["Buggy lines:", "Corrected lines:"],
    ]) as [string, string];
    return must(
      scene,
      `${from}\n\n${fence(scene.languageId, scene.edit.search)}\n${to}\n\n${fence(scene.languageId, scene.edit.replace)}`,
    );
  },
  "pair: comments for old and new in one fence": (scene) =>
    may(
      scene,
      fence(scene.languageId, [
        `${mark(scene)} Old code`,
        ...scene.edit.search,
        "",
        `${mark(scene)} New code`,
        ...scene.edit.replace,
      ]),
    ),
  "versions: wrong, then corrected": ofFunction((fn, scene) =>
    may(
      scene,
      `${fence(scene.languageId, fn.wrong)}\nWait, that is wrong. It should be:\n\n${fence(scene.languageId, fn.fresh)}`,
    ),
  ),
  "versions: draft and final": ofFunction((fn, scene) =>
    may(
      scene,
      `### Draft\n\n${fence(scene.languageId, fn.wrong)}\n### Final version\n\n${fence(scene.languageId, fn.fresh)}`,
    ),
  ),
  "versions: block, then a corrected block": (scene) =>
    may(
      scene,
      `${block(scene.path, scene.edit.search, wrongReplace(scene))}\nSorry, this is the correct edit:\n\n${usual(scene)}`,
    ),
  "versions: two options": ofFunction((fn, scene) =>
    mustNot(
      `Option 1:\n\n${fence(scene.languageId, fn.fresh)}\nOption 2:\n\n${fence(scene.languageId, fn.wrong)}\nBoth are fine.\n`,
    ),
  ),
  "versions: original, then fixed": ofFunction((fn, scene) =>
    must(
      scene,
      `The function as it is:\n\n${fence(scene.languageId, fn.old)}\nThe fixed one:\n\n${fence(scene.languageId, fn.fresh)}`,
    ),
  ),
  "versions: conflict quoted, then resolved": ofFunction((fn, scene) => {
    const { search, replace, changed } = scene.edit;
    const old = search.slice(changed, changed + 1);
    const fresh = replace.slice(changed, replace.length - (search.length - changed - 1));
    return may(
      scene,
      `The conflict is:\n\n\`\`\`\n${marked(old, fresh, ["<<<<<<< HEAD", "=======", ">>>>>>> feature"])}\`\`\`\n\nResolved:\n\n${fence(scene.languageId, fn.fresh)}`,
    );
  }),
  "versions: block and the whole function": ofFunction((fn, scene) =>
    must(
      scene,
      `${usual(scene)}\nThe whole function is then:\n\n${fence(scene.languageId, fn.fresh)}`,
    ),
  ),
  "versions: function, then the whole file": ofFunction((fn, scene) =>
    scene.lines.length > 250
      ? undefined
      : must(
          scene,
          `The function:\n\n${fence(scene.languageId, fn.fresh)}\nThe complete file:\n\n${fence(scene.languageId, scene.after)}`,
        ),
  ),
  "block: quotation doubled": (scene) =>
    may(scene, block(scene.path, [...scene.edit.search, ...scene.edit.search], scene.edit.replace)),
  "block: new text doubled": (scene) =>
    may(
      scene,
      block(scene.path, scene.edit.search, [...scene.edit.replace, ...scene.edit.replace]),
    ),
  "block: a function deleted": ofFunction((fn, scene) => {
    const quoted = scene.lines.slice(fn.start, fn.end);
    const before = scene.lines.slice(0, fn.start);
    const behind = scene.lines.slice(fn.end);
    if (fn.container || timesIn(scene.lines, quoted) !== 1) return undefined;
    // Empty lines around what is gone may go with it.
    const texts: string[] = [];
    for (let above = 0; above <= 2 && (above === 0 || before.at(-above)?.trim() === ""); above++) {
      for (let below = 0; below <= 2 && (below === 0 || behind[below - 1]?.trim() === ""); below++)
        texts.push(text([...before.slice(0, before.length - above), ...behind.slice(below)]));
    }
    return { answer: block(scene.path, quoted, []), texts, mayRefuse: true };
  }),
  "block: words behind the marks": (scene) =>
    must(
      scene,
      marked(scene.edit.search, scene.edit.replace, [
        `<<<<<<< SEARCH ${scene.path}`,
        "======= changed to",
        ">>>>>>> REPLACE (fixed comparison)",
      ]),
    ),
  "block: last mark turned round": (scene) =>
    must(
      scene,
      marked(scene.edit.search, scene.edit.replace, [
        "<<<<<<< SEARCH",
        "=======",
        "<<<<<<< REPLACE",
      ]),
    ),
  "block: a divider before the last mark": (scene) =>
    must(
      scene,
      marked(scene.edit.search, scene.edit.replace, [
        "<<<<<<< SEARCH",
        "=======",
        "=======\n>>>>>>> REPLACE",
      ]),
    ),
  "block: dots in the quotation only": (scene) =>
    scene.edit.search.length < 5 || scene.edit.changed === scene.edit.search.length - 1
      ? undefined
      : may(
          scene,
          block(
            scene.path,
            [scene.edit.search[0] ?? "", "...", scene.edit.search.at(-1) ?? ""],
            scene.edit.replace,
          ),
        ),
  "block: changed line quoted, all around it new": (scene) => {
    const line = [scene.edit.search[scene.edit.changed] ?? ""];
    return timesIn(scene.lines, line) !== 1
      ? undefined
      : may(scene, block(scene.path, line, scene.edit.replace));
  },
  "block: head quoted, whole function new": ofFunction((fn, scene) =>
    may(scene, block(scene.path, fn.old.slice(0, 1), fn.fresh)),
  ),
  "block: whole file quoted, one function new": ofFunction((fn, scene) =>
    scene.lines.length > 250 ? undefined : may(scene, block(scene.path, scene.lines, fn.fresh)),
  ),
  "block: labels and fences": (scene) =>
    must(
      scene,
      `SEARCH:\n${fence(scene.languageId, scene.edit.search)}REPLACE:\n${fence(scene.languageId, scene.edit.replace)}`,
    ),
  "block: labels alone": (scene) =>
    may(
      scene,
      `Find:\n\n${text(scene.edit.search)}\nReplace with:\n\n${text(scene.edit.replace)}\n`,
    ),
  "block: one more that changes nothing": (scene) => {
    const at = scene.edit.start + scene.edit.search.length + 3;
    const other = scene.lines.slice(at, at + 3);
    const isSure =
      other.length === 3 &&
      other.every((line) => /\w/.test(line)) &&
      timesIn(scene.lines, other) === 1;
    return isSure ? must(scene, `${block(scene.path, other, other)}\n${usual(scene)}`) : undefined;
  },
  "block: dots at both ends": (scene) =>
    must(
      scene,
      block(
        scene.path,
        ["...", ...scene.edit.search, "..."],
        ["...", ...scene.edit.replace, "..."],
      ),
    ),
  "block: part of a line": (scene) => {
    const line = scene.edit.search[scene.edit.changed] ?? "";
    const fresh = scene.edit.replace[scene.edit.changed] ?? "";
    if (scene.edit.replace.length !== scene.edit.search.length) return undefined;
    const words = line.trim().split(" ");
    const part = words.slice(1).join(" ");
    const indent = line.length - line.trimStart().length;
    const cut = indent + (words[0]?.length ?? 0) + 1;
    // The change must be in the part, and the part in one line of the file only.
    if (words.length < 3 || fresh.slice(0, cut) !== line.slice(0, cut)) return undefined;
    if (scene.lines.filter((one) => one.includes(part)).length !== 1) return undefined;
    return may(scene, block(scene.path, [part], [fresh.slice(cut)]));
  },
  "block: comma lost in the quotation": (scene) => {
    const at = scene.edit.search.findIndex(
      (line, index) => index !== scene.edit.changed && /[\w)\]}],$/.test(line),
    );
    const line = scene.edit.search[at] ?? "";
    const without = (lines: readonly string[]): string[] =>
      lines.map((one) => (one === line ? one.slice(0, -1) : one));
    return at < 0
      ? undefined
      : may(scene, block(scene.path, without(scene.edit.search), scene.edit.replace));
  },
};
