import { limits } from "../limits";

export function excerpt(line: string): string {
  return line.trim().slice(0, limits.excerpt);
}
