import { harmony } from "./marks";
import { isOthersRole } from "./what-follows";

/** The head of a message in harmony: who speaks, and in which channel or to whom. */
export interface HarmonyHeader {
  /** "" where the header names nobody. */
  readonly role: string;
  /** Somebody else speaks: a person, a tool. */
  readonly isOthers: boolean;
  /** Of the channels only `analysis` is thought, and so is what Glimmer says to itself. */
  readonly isThought: boolean;
  readonly channel: string | undefined;
  readonly length: number;
}

const header =
  /^(?:<\|start\|>([^<\n]*)(?:\n\s*)?)?(?:<\|channel\|>[ \t]*(\w+)\b[^<\n]*(?:\n\s*)?)?(?:<\|constrain\|>[^<\n]*(?:\n\s*)?)?<\|message\|>/;
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
    const [all, about = "", channel] = match;
    const isThought = channel === "analysis" || /(?:^|\s)to=self\b/.test(about);
    const isSure = isThought || channel === "final";
    const isOthers = !isSure && (isOthersRole(about) || /(?:^|\s)to=assistant\b/.test(about));
    const [role = ""] = about.trim().split(/\s/);
    return { role, isOthers, isThought, channel, length: all.length };
  }
  // Only white space may stand between a line's end and the next piece.
  const [, ...below] = text.split("\n");
  const isText = below.some((line) => /^[^<]/.test(line.trim()));
  const isOver = isWhole || isText || rest.length >= longestHeader;
  return isOver ? "none" : undefined;
}

/** Whether the next visible thing opens a message; undefined while it may. */
export function headerFollows(text: string, isWhole: boolean): boolean | undefined {
  const visible = text.trimStart();
  const openings = [harmony.start, harmony.channel];
  if (openings.some((opening) => visible.startsWith(opening))) return true;
  return !isWhole && openings.some((opening) => opening.startsWith(visible)) ? undefined : false;
}
