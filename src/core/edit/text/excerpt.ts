import { limits } from "../limits";

/** So much of a line as is shown to the person and the model. */
export function excerpt(line: string): string {
  return line.trim().slice(0, limits.excerpt);
}
