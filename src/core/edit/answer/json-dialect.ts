import { codeEdit, cutOff } from "./answer-edit";
import {
  closed,
  type Dialect,
  givenBack,
  more,
  type Reader,
  type Seen,
  type Step,
} from "./dialect";
import { fileGivenWhole } from "./own-content";
import { readJson } from "./read-json";

/** JSON that stands without a fence: edits, or the file itself where that is JSON. */
export const bareJson: Dialect = {
  opens: (line, seen) => (startsJson(line) ? new JsonReader(seen) : undefined),
};

function startsJson(line: string): boolean {
  return /^\s*(?:\{\s*(?:"|$)|\[\s*(?:\{|$))/.test(line);
}

class JsonReader implements Reader {
  readonly #seen: Seen;
  readonly #lines: string[] = [];
  readonly #path: string | undefined;
  readonly #label: string;
  #depth = 0;
  #inString = false;
  #sawInside = false;

  constructor(seen: Seen) {
    this.#seen = seen;
    this.#path = seen.above.path;
    this.#label = seen.above.label;
  }

  push(line: string): Step {
    this.#lines.push(line);
    switch (this.#follow(line)) {
      case "open":
        return more;
      case "none":
        return givenBack(this.#lines);
      case "closed": {
        const edits = this.#edits();
        return edits.length > 0 ? closed(edits) : givenBack(this.#lines);
      }
    }
  }

  end(truncated: boolean): Step {
    const edits = truncated ? [] : this.#edits();
    if (edits.length > 0) return closed(edits);
    const lines = this.#lines;
    const isEdit = lines.some((line) => /"(?:search|replace|old_|new_|content)/.test(line));
    if (!truncated || !isEdit) return givenBack(lines);
    return closed([cutOff(lines)]);
  }

  #edits() {
    const { own } = this.#seen;
    const whole = fileGivenWhole(this.#lines, "json", this.#path, own);
    if (!whole) return readJson(this.#lines.join("\n"), this.#path, own);
    const claims = { language: "json", label: this.#label, path: whole.path };
    return [codeEdit(this.#lines, claims)];
  }

  /** `none` once it cannot be JSON. */
  #follow(line: string): "open" | "closed" | "none" {
    for (let at = 0; at < line.length; at++) {
      const char = line.charAt(at);
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
