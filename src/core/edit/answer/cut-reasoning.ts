const fenceMark = /^\s{0,3}(`{3,}|~{3,})(.*)$/;

/**
 * Takes reasoning that strayed into the answer out of it: `<think>` blocks, and all up to an orphan `</think>`. An opened block that
 * is never closed takes the rest with it: a draft in it is no answer. A literal tag inside closed code stays.
 */
export function cutReasoning(answer: string): string {
  if (!/<\/?think(?:ing)?>/i.test(answer)) return answer;
  const kept: string[] = [];
  let thinking = false;
  let fence = "";
  const lines = answer.split("\n");
  // Inside a fence that is closed further down before another one opens, the tag is part of the code.
  const closes = closesBelow(lines);
  for (const [index, line] of lines.entries()) {
    const mark = fenceMark.exec(line);
    if (!thinking && fence === "" && /^\s*<think(?:ing)?>/i.test(line)) {
      thinking = true;
      const close = /<\/think(?:ing)?>/i.exec(line);
      if (close) {
        thinking = false;
        kept.push(line.slice(close.index + close[0].length));
      }
      continue;
    }
    const orphan = /<\/think(?:ing)?>(.*)$/i.exec(line);
    if (orphan && (thinking || (isTagLine(line) && !(fence !== "" && closes[index])))) {
      if (!thinking) kept.length = 0;
      thinking = false;
      fence = "";
      kept.push(orphan[1] ?? "");
      continue;
    }
    if (thinking) continue;
    if (mark) {
      const sign = mark[1] ?? "";
      if (fence === "") fence = sign;
      else if (sign.startsWith(fence) && (mark[2] ?? "").trim() === "") fence = "";
    }
    kept.push(line);
  }
  return kept.join("\n");
}

function isTagLine(line: string): boolean {
  return /^[^`"']*<\/think(?:ing)?>\s*$/i.test(line) || /^\s*<\/think(?:ing)?>/i.test(line);
}

/** Per line, whether the next fence mark below it is one that closes: found from the end, once. */
function closesBelow(lines: readonly string[]): boolean[] {
  const closes: boolean[] = [];
  let next = false;
  for (let index = lines.length - 1; index >= 0; index--) {
    closes[index] = next;
    const mark = fenceMark.exec(lines[index] ?? "");
    if (mark) next = (mark[2] ?? "").trim() === "";
  }
  return closes;
}
