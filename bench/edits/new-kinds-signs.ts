import {
  fence,
  indentOf,
  type Make,
  mark,
  may,
  must,
  ofFunction,
  stepOf,
  text,
} from "./new-kinds-scene";

const entities = (line: string): string =>
  line
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
const wide: Readonly<Record<string, string>> = {
  "(": "（",
  ")": "）",
  ",": "，",
  ":": "：",
  ";": "；",
};

/**
 * A kind that changes each line of the whole function in a fence; undefined where nothing changes.
 */
const eachLine = (make: typeof must, change: (line: string, at: number) => string): Make =>
  ofFunction((fn, scene) => {
    const lines = fn.fresh.map(change);
    return lines.join() === fn.fresh.join()
      ? undefined
      : make(scene, `Corrected:\n\n${fence(scene.languageId, lines)}`);
  });

/** Characters that are not the file's, in a whole function. */
export const signKinds: Readonly<Record<string, Make>> = {
  "signs: no-break spaces as indentation": eachLine(must, (line) =>
    line.replace(/^ +/, (spaces) => "\u00a0".repeat(spaces.length)),
  ),
  "signs: curly quotes in a function": ofFunction((fn, scene) => {
    const lines = fn.fresh.map((line) =>
      line.replace(/"([^"]*)"/g, "“$1”").replace(/'([^']*)'/g, "‘$1’"),
    );
    if (fn.old.some((line) => /[“”‘’]/.test(line)) || lines.join() === fn.fresh.join())
      return undefined;
    return must(scene, `Corrected:\n\n${fence(scene.languageId, lines)}`);
  }),
  "signs: entities in a function": ofFunction((fn, scene) => {
    const lines = fn.fresh.map(entities);
    if (fn.old.some((line) => /&\w+;/.test(line)) || lines.join() === fn.fresh.join())
      return undefined;
    return must(scene, `Corrected:\n\n${fence(scene.languageId, lines)}`);
  }),
  "signs: zero-width spaces": ofFunction((fn, scene) =>
    must(
      scene,
      `Corrected:\n\n${fence(scene.languageId, [`\ufeff${fn.fresh[0]}`, ...fn.fresh.slice(1).map((line) => `${line}\u200b`)])}`,
    ),
  ),
  "signs: full-width punctuation in one line": ofFunction((fn, scene) => {
    const at = fn.fresh.findIndex(
      (line, index) => index >= fn.changedEnd && /[(),:;]/.test(line) && !/["'`#]|\/\//.test(line),
    );
    if (at < 0) return undefined;
    const lines = fn.fresh.map((line, index) =>
      index === at ? line.replace(/[(),:;]/g, (sign) => wide[sign] ?? sign) : line,
    );
    return may(scene, `Corrected:\n\n${fence(scene.languageId, lines)}`);
  }),
  "signs: escaped for Markdown": eachLine(may, (line) => line.replace(/[_*]/g, "\\$&")),
  "signs: another step of indentation": ofFunction((fn, scene) => {
    const step = stepOf(scene.lines);
    const other = step === "\t" ? "    " : step.length === 2 ? "    " : "\t";
    // Continuation lines that stand at a column of their own have no step.
    if (fn.fresh.some((line) => indentOf(line).length % step.length !== 0 || /^\s*\*/.test(line)))
      return undefined;
    const lines = fn.fresh.map(
      (line) => other.repeat(indentOf(line).length / step.length) + line.trimStart(),
    );
    return must(scene, `Corrected:\n\n${fence(scene.languageId, lines)}`);
  }),
  "signs: all indentation lost": ofFunction((fn, scene) => {
    const lines = fn.fresh.map((line) => line.trimStart());
    const make = scene.languageId === "python" ? may : must;
    return make(scene, `Corrected:\n\n${fence(scene.languageId, lines)}`);
  }),
  "lines: numbered as in the file": ofFunction((fn, scene) =>
    must(
      scene,
      `Corrected:\n\n${fence(
        scene.languageId,
        fn.fresh.map((line, at) => `${fn.head + at + 1}: ${line}`),
      )}`,
    ),
  ),
  "lines: numbered from one": ofFunction((fn, scene) =>
    may(
      scene,
      `Corrected:\n\n${fence(
        scene.languageId,
        fn.fresh.map((line, at) => `${String(at + 1).padStart(3)}  ${line}`),
      )}`,
    ),
  ),
  "lines: quoted with the fence": ofFunction((fn, scene) =>
    must(
      scene,
      `Corrected:\n\n${fence(scene.languageId, fn.fresh).replace(/^(?=[\s\S])/gm, "> ")}\n`,
    ),
  ),
  "lines: an empty one behind each": ofFunction((fn, scene) =>
    may(
      scene,
      `Corrected:\n\n${fence(
        scene.languageId,
        fn.fresh.flatMap((line) => [line, ""]),
      )}`,
    ),
  ),
  "lines: all on one, with escapes": ofFunction((fn, scene) =>
    may(
      scene,
      `Corrected:\n\n${fence(scene.languageId, [JSON.stringify(text(fn.fresh)).slice(1, -1)])}`,
    ),
  ),
  "signs: tabs written as escapes": eachLine(may, (line) =>
    line.replace(/^[\t ]+/, (indent) =>
      "\\t".repeat(indent.startsWith("\t") ? indent.length : Math.ceil(indent.length / 4)),
    ),
  ),
  "signs: arrow at the change": ofFunction((fn, scene) => {
    const line = fn.fresh[fn.changed] ?? "";
    if (/["'`\\]/.test(line)) return undefined;
    const marked = `${line}  ${mark(scene)} <-- changed`;
    const answer = `Corrected:\n\n${fence(scene.languageId, [...fn.fresh.slice(0, fn.changed), marked, ...fn.fresh.slice(fn.changed + 1)])}`;
    const at = fn.head + fn.changed;
    const after = scene.after.map((one, index) => (index === at ? marked : one));
    return { answer, texts: [scene.truth, text(after)], mayRefuse: false };
  }),
  "signs: change in bold": ofFunction((fn, scene) => {
    const line = fn.fresh[fn.changed] ?? "";
    const bold = `${indentOf(line)}**${line.trimStart()}**`;
    return may(
      scene,
      `Corrected:\n\n${fence(scene.languageId, [...fn.fresh.slice(0, fn.changed), bold, ...fn.fresh.slice(fn.changed + 1)])}`,
    );
  }),
  "signs: carets under the change": ofFunction((fn, scene) => {
    const line = fn.fresh[fn.changedEnd - 1] ?? "";
    const carets = `${indentOf(line)}${"^".repeat(line.trim().length)}`;
    return may(
      scene,
      `Corrected:\n\n${fence(scene.languageId, [...fn.fresh.slice(0, fn.changedEnd), carets, ...fn.fresh.slice(fn.changedEnd)])}`,
    );
  }),
};
