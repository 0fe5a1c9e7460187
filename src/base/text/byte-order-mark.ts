import { byteOrderMark } from "./lines";

/** The text as an editor shows it. */
export function withoutByteOrderMark(text: string): string {
  return text.startsWith(byteOrderMark) ? text.slice(byteOrderMark.length) : text;
}
