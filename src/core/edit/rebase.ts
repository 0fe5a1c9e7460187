import { Changes } from "../../base/text/changes";

export interface RebaseRequest {
  /** The text that the model was shown. */
  readonly base: string;
  /** What the edit makes of it. */
  readonly proposed: string;
  /** What the buffer has become meanwhile. */
  readonly current: string;
}

export type Rebase =
  /** Nobody typed meanwhile: `text` is the proposal as it stands. */
  | { readonly kind: "same"; readonly text: string }
  /** Both changes, each where it was made; equal to `current` when that already holds the edit. */
  | { readonly kind: "merged"; readonly text: string }
  /** Both changed the same lines: the person decides between the two versions. */
  | {
      readonly kind: "conflict";
      readonly base: string;
      readonly proposed: string;
      readonly current: string;
    };

/**
 * Carries an edit over to what the buffer has become. Works on lines; the buffer's own line ends,
 * byte-order mark and final newline win, and nothing that was typed is ever dropped: where both
 * sides changed a place, it is a conflict.
 */
export function rebase({ base, proposed, current }: RebaseRequest): Rebase {
  if (current === base) return { kind: "same", text: proposed };
  if (current === proposed || base === proposed) return { kind: "merged", text: current };
  const own = bareText(current);
  const converted = sameEnds(bareText(base), bareText(proposed), own);
  // Cut at line feeds alone, so that a final newline is a last line that a change can take or give.
  const origin = converted.base.split("\n");
  const typed = own.split("\n");
  const edit = Changes.between(origin, converted.proposed.split("\n"));
  const carried = edit.over(Changes.between(origin, typed), origin);
  if (carried === undefined) return { kind: "conflict", base, proposed, current };
  const bom = current.slice(0, current.length - own.length);
  return { kind: "merged", text: bom + carried.apply(typed).join("\n") };
}

function bareText(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

/**
 * When the person switched the line ends of the whole buffer, that is their choice for the edit
 * too, not a conflict on every line.
 */
function sameEnds(
  base: string,
  proposed: string,
  current: string,
): { base: string; proposed: string } {
  const from = onlyEnd(base);
  const to = onlyEnd(current);
  if (from === undefined || to === undefined || from === to) return { base, proposed };
  return { base: base.replace(/\r\n|\n/g, to), proposed: proposed.replace(/\r\n|\n/g, to) };
}

function onlyEnd(text: string): "\n" | "\r\n" | undefined {
  const newlines = text.split("\n").length - 1;
  if (newlines === 0) return undefined;
  const pairs = text.split("\r\n").length - 1;
  if (pairs === 0) return "\n";
  return pairs === newlines ? "\r\n" : undefined;
}
