import { harmony } from "./marks";

/** The head of a message in harmony: who speaks, and in which channel or to whom. */
export interface HarmonyHeader {
  readonly role: string | undefined;
  /** Of the channels only `analysis` is thought, and so is what Glimmer says to itself. */
  readonly isThought: boolean;
  readonly channel: string | undefined;
  readonly length: number;
}

const header =
  /^(?:<\|start\|>[ \t]*([\w.-]+)(?![\w.-])([^<\n]*))?(?:<\|channel\|>[ \t]*(\w+)\b[^<\n]*)?(?:<\|constrain\|>[^<\n]*)?<\|message\|>/;
const longestHeader = 300;

/** Reads a header that begins with the mark: "none" where none is, undefined while it may go on. */
export function readHeader(
  mark: string,
  rest: string,
  isWhole: boolean,
): HarmonyHeader | "none" | undefined {
  const text = mark + rest.slice(0, longestHeader);
  const match = header.exec(text);
  if (match !== null) {
    const [all, role, about = "", channel] = match;
    const isThought = channel === "analysis" || /(?:^|\s)to=self\b/.test(about);
    return { role, isThought, channel, length: all.length };
  }
  const isOver = isWhole || text.includes("\n") || rest.length >= longestHeader;
  return isOver ? "none" : undefined;
}

/** Whether the next visible thing opens a message; undefined while it may. */
export function headerFollows(text: string, isWhole: boolean): boolean | undefined {
  const visible = text.trimStart();
  const openings = [harmony.start, harmony.channel];
  if (openings.some((opening) => visible.startsWith(opening))) return true;
  return !isWhole && openings.some((opening) => opening.startsWith(visible)) ? undefined : false;
}
