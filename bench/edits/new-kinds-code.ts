import {
  endOf,
  fence,
  indentOf,
  isCallable,
  type Make,
  mark,
  may,
  must,
  mustNot,
  ofFunction,
  type Scene,
  stepOf,
  text,
} from "./new-kinds-scene";

const mostLinesOfWhole = 250;
const isComment = (line: string): boolean => /^\s*(?:#(?!!|\[)|\/\/|\/\*.*\*\/\s*$)/.test(line);
const dedented = (lines: readonly string[]): string[] => {
  const width = indentOf(lines[0]).length;
  return lines.map((line) => line.slice(Math.min(width, indentOf(line).length)));
};

/**
 * The function with a remark for whole statements before the change; undefined where there are too
 * few of them.
 */
const elided = (make: typeof must, remark: (scene: Scene) => string): Make =>
  ofFunction((fn, scene) => {
    const body = fn.body - fn.head;
    const indent = indentOf(fn.old[body]);
    const from = fn.changed - 1;
    const kept = fn.fresh[from] ?? "";
    const isWhole =
      indentOf(kept) === indent &&
      /^\s*\w/.test(kept) &&
      !/^\s*(?:else|elif|except|finally|catch|case)\b/.test(kept);
    if (!isWhole || from - body < 2) return undefined;
    const lines = [
      ...fn.fresh.slice(0, body),
      `${indent}${remark(scene)}`,
      ...fn.fresh.slice(from),
    ];
    return make(scene, `Corrected:\n\n${fence(scene.languageId, lines)}`);
  });

/** Another function of the file, far from the edit, with a body worth leaving out. */
function otherFunction(scene: Scene): { readonly body: number; readonly end: number } | undefined {
  const { edit, lines, languageId, outline } = scene;
  for (const symbol of outline) {
    const end = endOf(symbol);
    const head = symbol.bodyRange.start.line;
    const isFar = end <= edit.start || head >= edit.start + edit.search.length;
    const holds = outline.some(
      (one) => one !== symbol && one.bodyRange.start.line > head && endOf(one) <= end,
    );
    if (!isCallable(symbol.kind) || !isFar || holds || end - head < 6) continue;
    if (!/[:{]\s*$/.test(lines[head] ?? "")) continue;
    return { body: head + 1, end: languageId === "python" ? end : end - 1 };
  }
  return undefined;
}

/**
 * What a model does to the code itself: parts left out, dressed up, given twice, renamed or in
 * another order.
 */
export const codeKinds: Readonly<Record<string, Make>> = {
  "code: example of its use behind": ofFunction((fn, scene) => {
    const use = scene.languageId === "python" ? `print(${fn.name}(1))` : `${fn.name}(1);`;
    return may(
      scene,
      `Corrected:\n\n${fence(scene.languageId, [...fn.fresh, "", `${mark(scene)} Example usage`, use])}`,
    );
  }),
  "code: class around one method": ofFunction((fn, scene) => {
    if (!fn.container) return undefined;
    const tail = scene.languageId === "python" ? [] : [`${indentOf(fn.container.headLine)}}`];
    return must(
      scene,
      `Corrected:\n\n${fence(scene.languageId, [fn.container.headLine, ...fn.fresh, ...tail])}`,
    );
  }),
  "code: class around one new method": ofFunction((fn, scene) => {
    if (!fn.container) return undefined;
    const { headLine, head, end } = fn.container;
    const isPython = scene.languageId === "python";
    if (isPython && indentOf(headLine) !== "") return undefined;
    const inner = indentOf(fn.old[0]);
    const method = newMethod(scene.languageId)?.map(
      (line) => inner + line.replace(/^ /, stepOf(scene.lines)),
    );
    if (!method) return undefined;
    const answer = `I add a method.\n\n${fence(scene.languageId, [headLine, ...method, ...(isPython ? [] : [`${indentOf(headLine)}}`])])}`;
    const accepts = (proposed: string): boolean =>
      isInserted(scene.lines, method, proposed.replace(/\n$/, "").split("\n"), head, end);
    return { answer, texts: [], accepts, mayRefuse: true };
  }),
  "code: method without its class": ofFunction((fn, scene) =>
    fn.container && indentOf(fn.old[0]) !== ""
      ? must(scene, `Corrected:\n\n${fence(scene.languageId, dedented(fn.fresh))}`)
      : undefined,
  ),
  "code: renamed": ofFunction((fn, scene) => {
    const name = `${fn.name}Safe`;
    const head = fn.fresh[0] ?? "";
    if (!head.includes(fn.name)) return undefined;
    const lines = [head.replace(fn.name, name), ...fn.fresh.slice(1)];
    const after = [...scene.lines.slice(0, fn.head), ...lines, ...scene.lines.slice(fn.end)];
    const answer = `I renamed \`${fn.name}\` to \`${name}\`:\n\n${fence(scene.languageId, lines)}`;
    return { answer, texts: [text(after)], mayRefuse: true };
  }),
  "code: whole file, two functions swapped": (scene) => {
    const { fn, lines } = scene;
    if (!fn || fn.container || lines.length > mostLinesOfWhole) return undefined;
    const next = scene.outline.find(
      ({ kind, range }) => isCallable(kind) && range.start.line >= fn.end,
    );
    if (!next || next.container !== undefined) return undefined;
    const between = lines.slice(fn.end, next.range.start.line);
    if (between.some((line) => line.trim() !== "")) return undefined;
    const swapped = [
      ...lines.slice(0, fn.start),
      ...lines.slice(next.range.start.line, endOf(next)),
      ...between,
      ...lines.slice(fn.start, fn.head),
      ...fn.fresh,
      ...lines.slice(endOf(next)),
    ];
    const answer = `${scene.path}\n${fence(scene.languageId, swapped)}`;
    return { answer, texts: [scene.truth, text(swapped)], mayRefuse: true };
  },
  "elision: one function of the whole file": (scene) => {
    const other = otherFunction(scene);
    if (!other || scene.lines.length > mostLinesOfWhole) return undefined;
    const shift =
      other.body > scene.edit.start ? scene.edit.replace.length - scene.edit.search.length : 0;
    const remark = `${indentOf(scene.lines[other.body])}${mark(scene)} ... rest unchanged ...`;
    const lines = [
      ...scene.after.slice(0, other.body + shift),
      remark,
      ...scene.after.slice(other.end + shift),
    ];
    return must(scene, `${scene.path}\n${fence(scene.languageId, lines)}`);
  },
  "elision: in another language": elided(
    must,
    (scene) =>
      `${mark(scene)} ${scene.random.pick(["... 其余代码保持不变 ...", "... остальной код без изменений ...", "... restlicher Code bleibt gleich ...", "... el resto del código no cambia ..."])}`,
  ),
  "elision: in words, no dots": elided(
    must,
    (scene) =>
      `${mark(scene)} ${scene.random.pick(["rest of the code remains the same", "existing code unchanged", "same as before", "previous code stays the same", "(unchanged)"])}`,
  ),
  "elision: in brackets, no comment": elided(may, (scene) =>
    scene.random.pick([
      "[rest of the function unchanged]",
      "<existing code>",
      "[... existing code ...]",
      "{{ unchanged }}",
    ]),
  ),
  "elision: dots behind code": elided(
    may,
    (scene) =>
      `${scene.languageId === "python" ? "pass" : "..."}  ${mark(scene)} ... existing code ...`,
  ),
  "code: head and new docstring": ofFunction((fn, scene) => {
    if (scene.languageId !== "python" || fn.body - fn.head !== 1) return undefined;
    if (/^\s*(?:[rR]?"""|'''|")/.test(fn.old[1] ?? "")) return undefined;
    const doc = `${indentOf(fn.old[1])}"""Says what it does."""`;
    const after = [...scene.lines.slice(0, fn.body), doc, ...scene.lines.slice(fn.body)];
    const answer = `I documented it:\n\n${fence("python", [fn.old[0] ?? "", doc])}`;
    return { answer, texts: [text(after)], mayRefuse: true };
  }),
  "code: body is a stub": ofFunction((fn, scene) => {
    const indent = indentOf(fn.old[fn.body - fn.head]);
    const stub =
      scene.languageId === "python"
        ? scene.random.pick(["pass", "...", "# TODO: implement"])
        : scene.random.pick(["// TODO: implement", "/* ... */", "// your code here"]);
    const tail = scene.languageId === "python" ? [] : fn.old.slice(-1);
    return mustNot(
      `The function looks like this:\n\n${fence(scene.languageId, [...fn.old.slice(0, fn.body - fn.head), indent + stub, ...tail])}`,
    );
  }),
  "code: decorators or attributes left out": ofFunction((fn, scene) =>
    scene.lines.slice(fn.start, fn.head).some((line) => /^\s*(?:@|#\[)/.test(line))
      ? may(scene, `Corrected:\n\n${fence(scene.languageId, fn.fresh)}`)
      : undefined,
  ),
  "code: imports of the file on top": ofFunction((fn, scene) => {
    const pattern =
      scene.languageId === "go" ? /^import "/ : /^(?:import|from|use|#include)\b.*[\w;>"]$/;
    const imports = scene.lines.filter((line) => pattern.test(line));
    if (imports.length === 0) return undefined;
    return must(
      scene,
      `Corrected:\n\n${fence(scene.languageId, [...imports.slice(0, 3), "", ...dedented(fn.fresh)])}`,
    );
  }),
  "code: old line kept as a comment": ofFunction((fn, scene) => {
    const old = fn.old[fn.changed] ?? "";
    const remark = `${indentOf(old)}${mark(scene)} ${old.trim()}`;
    const lines = [...fn.fresh.slice(0, fn.changed), remark, ...fn.fresh.slice(fn.changed)];
    const after = [...scene.lines.slice(0, fn.head), ...lines, ...scene.lines.slice(fn.end)];
    return {
      answer: `Corrected:\n\n${fence(scene.languageId, lines)}`,
      texts: [text(after), scene.truth],
      mayRefuse: false,
    };
  }),
  "code: head of the next function behind": (scene) => {
    const { fn, lines } = scene;
    const next =
      fn && scene.outline.find(({ kind, range }) => isCallable(kind) && range.start.line >= fn.end);
    const head = next && lines[next.bodyRange.start.line];
    if (!fn || !head || !/[:{]\s*$/.test(head)) return undefined;
    return may(scene, `Corrected:\n\n${fence(scene.languageId, [...fn.fresh, "", head])}`);
  },
  "code: whole file without its last function": (scene) => {
    const last = scene.outline.filter(({ kind }) => isCallable(kind)).at(-1);
    const isFar = last && last.range.start.line >= scene.edit.start + scene.edit.search.length;
    if (!isFar || last.container !== undefined || scene.lines.length > mostLinesOfWhole)
      return undefined;
    const shift = scene.edit.replace.length - scene.edit.search.length;
    const lines = [
      ...scene.after.slice(0, last.range.start.line + shift),
      ...scene.after.slice(endOf(last) + shift),
    ];
    return may(scene, `${scene.path}\n${fence(scene.languageId, lines)}`);
  },
  "code: whole file without its comments": (scene) => {
    const lines = scene.after.filter((line) => !isComment(line));
    if (lines.length === scene.after.length || scene.lines.length > mostLinesOfWhole)
      return undefined;
    return may(scene, `${scene.path}\n${fence(scene.languageId, lines)}`);
  },
  "code: name in two classes, class in words": (scene) => {
    const { edit, outline, lines } = scene;
    const at = edit.start + edit.changed;
    const holder = outline.find(
      ({ kind, range }) => isCallable(kind) && range.start.line <= at && at <= range.end.line,
    );
    const twins = outline.filter(({ name, kind }) => name === holder?.name && isCallable(kind));
    if (!holder?.container || twins.length < 2) return undefined;
    if (new Set(twins.map(({ container }) => container)).size !== twins.length) return undefined;
    const head = holder.bodyRange.start.line;
    const end = endOf(holder);
    if (at <= head || edit.start < head || edit.start + edit.search.length > end || end - head > 60)
      return undefined;
    const fresh = [
      ...lines.slice(head, edit.start),
      ...edit.replace,
      ...lines.slice(edit.start + edit.search.length, end),
    ];
    return may(
      scene,
      `In the class \`${holder.container}\`, the method \`${holder.name}\` must be:\n\n${fence(scene.languageId, fresh)}`,
    );
  },
};

/** A method that no class has, with one blank for the file's step. */
function newMethod(languageId: string): string[] | undefined {
  switch (languageId) {
    case "python":
      return ["def answer_to_all(self):", " return 42"];
    case "java":
      return ["public int answerToAll() {", " return 42;", "}"];
    case "javascript":
    case "typescript":
      return ["answerToAll() {", " return 42;", "}"];
    default:
      return undefined;
  }
}

/**
 * Whether the proposed lines are the old ones with the method, and empty lines around it, put in
 * between `from` and `to`.
 */
function isInserted(
  old: readonly string[],
  method: readonly string[],
  proposed: readonly string[],
  from: number,
  to: number,
): boolean {
  let start = 0;
  while (start < old.length && old[start] === proposed[start]) start++;
  for (let at = Math.max(from + 1, start - method.length); at <= Math.min(to, start); at++) {
    const behind = proposed.length - (old.length - at);
    const added = proposed.slice(at, behind);
    const isTail = old.slice(at).every((line, index) => proposed[behind + index] === line);
    const isHead = at <= start;
    const code = added.filter((line) => line.trim() !== "");
    const wanted = method.filter((line) => line.trim() !== "");
    if (
      isHead &&
      isTail &&
      code.length === wanted.length &&
      code.every((line, index) => line === wanted[index])
    )
      return true;
  }
  return false;
}
