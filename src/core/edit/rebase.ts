import { Changes } from "../../base/text/changes";
import { withoutMark } from "../../base/text/lines";

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

/** By lines. The buffer's line ends, mark and final newline win, and nothing typed is dropped. */
export function rebase({ base, proposed, current }: RebaseRequest): Rebase {
  if (current === base) return { kind: "same", text: proposed };
  if (current === proposed || base === proposed) return { kind: "merged", text: current };
  const own = withoutMark(current);
  const [from, to] = [onlyEnd(base), onlyEnd(own)];
  // Line ends that the person switched are their choice for the edit, too.
  const switched = from !== undefined && to !== undefined && from !== to;
  // Between line ends, so that a final newline is a last line that a change can take or give.
  const cut = (text: string): string[] => text.split(switched ? anyEnd : "\n");
  const [origin, typed] = [cut(withoutMark(base)), cut(own)];
  const edit = Changes.between(origin, cut(withoutMark(proposed)));
  const carried = edit.over(Changes.between(origin, typed), origin);
  if (carried === undefined) return { kind: "conflict", base, proposed, current };
  const bom = current.slice(0, current.length - own.length);
  return { kind: "merged", text: bom + carried.apply(typed).join(switched ? to : "\n") };
}

const anyEnd = /\r\n|\n/;

/** The one way in which all lines of a text end; undefined for a mixture and for a single line. */
function onlyEnd(text: string): "\n" | "\r\n" | undefined {
  const pairs = text.includes("\r\n");
  const feeds = /(?:^|[^\r])\n/.test(text);
  if (pairs === feeds) return undefined;
  return pairs ? "\r\n" : "\n";
}
