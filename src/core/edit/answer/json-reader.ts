/** Whether a line of an answer may begin JSON that stands without a fence. */
export function startsJson(line: string): boolean {
  return /^\s*(?:\{\s*(?:"|$)|\[\s*(?:\{|$))/.test(line);
}

/** Follows JSON line by line until its brackets close. */
export class JsonReader {
  readonly lines: string[] = [];
  #depth = 0;
  #inString = false;
  /** Whether the first thing inside was what JSON has there. */
  #sawInside = false;

  /** `none` once it cannot be JSON. */
  push(line: string): "open" | "closed" | "none" {
    this.lines.push(line);
    for (let at = 0; at < line.length; at++) {
      const char = line[at] ?? "";
      if (this.#inString) {
        if (char === "\\") at++;
        else if (char === '"') this.#inString = false;
      } else if (char === '"') {
        this.#inString = true;
        this.#sawInside = true;
      } else if (char === "{" || char === "[") this.#depth++;
      else if (char === "}" || char === "]") this.#depth--;
      else if (!this.#sawInside && !/\s/.test(char)) return "none";
      if (this.#depth <= 0 && !this.#inString) return this.#sawInside ? "closed" : "none";
    }
    return "open";
  }
}
