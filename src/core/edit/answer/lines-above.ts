import { lastLine } from "../../../base/text/lines";
import { lastSaid, says } from "../text/lines";
import { pathOnLine } from "./named-path";
import { takesBack } from "./retraction";

/** The last lines of prose, in which the path and the label of what follows stand. */
export class LinesAbove {
  #lines: string[] = [];
  #retracts = false;

  push(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > 6) this.#lines.shift();
    this.#retracts ||= takesBack(line);
  }

  clear(): void {
    this.#lines = [];
    this.#retracts = false;
  }

  get retracts(): boolean {
    return this.#retracts;
  }

  /** A piece came: what is said from here on is about that one. */
  endOfPiece(): void {
    this.#retracts = false;
  }

  get last(): string {
    return lastLine(this.#lines);
  }

  get label(): string {
    return lastSaid(this.#lines);
  }

  get path(): string | undefined {
    const said = this.#lines.filter(says).slice(-3);
    for (const line of said.reverse()) {
      const path = pathOnLine(line);
      if (path !== undefined) return path;
    }
    return undefined;
  }
}
