import { lineAt } from "../../../../base/text/lines";
import { timesOf } from "../../text/lines";
import type { Side } from "./side";
import { innermost } from "./steps";

/** Counted where they stand: in one function, in one class, in the file. */
export class Shares {
  readonly #file: Side;
  /** Declarations are left out without a mark, so that statements may be, too. */
  readonly #isPart: boolean;
  readonly #matched: ReadonlyMap<string | undefined, number>;
  readonly #lost = new Map<string, number>();
  readonly #changed = new Set<string>();
  readonly #heads: ReadonlySet<number>;
  readonly #shownUnits: ReadonlySet<number | undefined>;

  constructor(file: Side, met: readonly number[], isPart: boolean) {
    this.#file = file;
    this.#isPart = isPart;
    this.#heads = new Set(file.declarations.map((one) => one.head));
    this.#shownUnits = new Set(met.map((line) => file.units[line]));
    this.#matched = timesOf(met.map((line) => this.#placeOf(line)));
  }

  lose(lines: readonly number[]): void {
    for (const line of lines) {
      const place = this.#placeOf(line);
      if (place !== undefined) this.#lost.set(place, (this.#lost.get(place) ?? 0) + 1);
    }
  }

  /** Takes note of a line that the answer changed: what it wrote anew is spoken for as a whole. */
  change(line: number): void {
    const around = innermost(this.#file.declarations, line);
    if (around?.kind === "callable") this.#changed.add(`body ${around.head}`);
  }

  isSilent(line: number): boolean {
    const place = this.#placeOf(line);
    if (place === undefined || this.#changed.has(place)) return false;
    const lost = this.#lost.get(place) ?? 0;
    const matched = this.#matched.get(place) ?? 0;
    return lost > matched || (lost === matched && place.startsWith("body "));
  }

  #placeOf(line: number): string | undefined {
    const role = this.#file.roles[line] ?? "blank";
    const unit = this.#file.units[line] ?? -1;
    const around = innermost(this.#file.declarations, line);
    const isBody = around?.kind === "callable";
    switch (role) {
      case "comment":
        return unit >= 0 && this.#shownUnits.has(unit)
          ? `unit ${unit}`
          : `comment ${around?.head ?? -1}`;
      case "attribute":
        return `attribute ${nextCode(this.#file, line)}`;
      case "import":
        return isBody ? undefined : "import";
      case "code":
        if (this.#heads.has(line) || !says.test(lineAt(this.#file.lines, line))) return undefined;
        if (isBody && !this.#isPart) return undefined;
        return `${isBody ? "body" : "code"} ${around?.head ?? -1}`;
      default:
        return undefined;
    }
  }
}

const says = /^(?!\s*(?:end|fi|done|esac)\W*$).*\w/;

function nextCode(side: Side, from: number): number {
  let at = from;
  while (at < side.lines.length && side.roles[at] !== "code") at++;
  return at;
}
