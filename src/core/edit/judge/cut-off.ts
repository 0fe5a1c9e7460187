import { lineAt } from "../../../base/text/lines";
import { limits } from "../limits";
import { depthOf } from "../text/indentation";
import { excerpt } from "../text/lines";
import { scanLines } from "../text/scan-lines";
import { type Judged, type Objection, slides } from "./judged-case";

const leaves = /^(?:return|raise|throw|break|continue)\b(?!.*\b(?:if|unless)\b)/;
/** Another branch, a label, the end of a block, a function, the rest of an expression. */
const mayFollow =
  /^(?:case|default|else|elif|elsif|elseif|except|catch|finally|ensure|rescue|when|end|fi|done|esac|async|function|class|def|fn|func|var|\w+:|[^\w"'`@$])/;

/**
 * No code comes to stand where nothing reaches it: who writes a whole function in place of its head
 * alone leaves the old body so.
 */
export function ifCodeIsCutOff(judged: Judged): Objection | undefined {
  const {
    before: { lines: before },
    after: { lines: after },
    facts,
    changes,
  } = judged;
  if (facts.blocks === "none") return undefined;
  for (const { aStart, aEnd, bStart, bEnd } of changes.flatMap((one) => slides(one, after))) {
    if (bEnd === bStart) continue;
    const from = Math.max(0, bStart - limits.piece);
    const scan = scanLines(after.slice(from, bEnd + limits.piece), facts);
    const isCutOff = (upper: number, lower: number): boolean => {
      const above = scan[upper - from];
      const below = scan[lower - from];
      const text = lineAt(after, upper).trim();
      const next = lineAt(after, lower).trim();
      const deeper = depthOf(after[lower]) - depthOf(after[upper]);
      return (
        above?.kind === "code" &&
        below?.kind === "code" &&
        !above.inside &&
        !below.inside &&
        above.depth === 0 &&
        below.depth === 0 &&
        (deeper === 0
          ? (leaves.test(text) && !/[{}]\s*$/.test(text) && !mayFollow.test(next)) ||
            // A body behind a body has lost its head.
            (text === "}" && next === "{")
          : // So has what stands deeper than the end above it.
            deeper > 0 && text === "end" && /^\w/.test(next))
      );
    };
    const says = (at: number): boolean => scan[at - from]?.kind === "code";
    let upper = bEnd - 1;
    while (upper > bStart && !says(upper)) upper--;
    let lower = bEnd;
    while (lower < from + scan.length && !says(lower)) lower++;
    if (!isCutOff(upper, lower)) continue;
    const [above, below] = [upper, lower].map((line) => after[line]?.trim());
    const wasThere = before
      .slice(Math.max(0, aStart - limits.piece), aEnd + limits.piece)
      .some((line, at, all) => line.trim() === above && all[at + 1]?.trim() === below);
    if (wasThere) continue;
    const message = `\`${excerpt(lineAt(after, lower))}\` would stand where nothing reaches it.`;
    return { message, line: aStart };
  }
  return undefined;
}
