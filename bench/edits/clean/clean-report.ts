import type { CleanVerdict } from "./judge-outcome";

export type Counts = Record<CleanVerdict, number>;

export const verdicts: readonly CleanVerdict[] = ["right", "refused", "lost", "harmed"];

export function noCounts(): Counts {
  return { right: 0, refused: 0, lost: 0, harmed: 0 };
}

/** Verdicts by one property of the cases, for the two ways of running them. */
export class CountTable {
  readonly #title: string;
  readonly #rows = new Map<string, { readonly tree: Counts; readonly text: Counts }>();

  constructor(title: string) {
    this.#title = title;
  }

  count(key: string, tree: CleanVerdict, text: CleanVerdict): void {
    const row = this.#rows.get(key) ?? { tree: noCounts(), text: noCounts() };
    this.#rows.set(key, row);
    row.tree[tree]++;
    row.text[text]++;
  }

  print(): void {
    const names = verdicts.map((verdict) => `${verdict} %`.padStart(9)).join(" ");
    console.log(`\n${this.#title.padEnd(34)} cases ${names}   without syntax: ${names}`);
    for (const [key, { tree, text }] of [...this.#rows].sort(([a], [b]) => a.localeCompare(b))) {
      const cases = verdicts.reduce((sum, verdict) => sum + tree[verdict], 0);
      console.log(
        `${key.padEnd(34)} ${String(cases).padStart(5)} ${cells(tree)}                   ${cells(text)}`,
      );
    }
  }
}

function cells(counts: Counts): string {
  const all = verdicts.reduce((sum, verdict) => sum + counts[verdict], 0);
  return verdicts.map((verdict) => share(counts[verdict], all).toFixed(1).padStart(9)).join(" ");
}

export function share(count: number, all: number): number {
  return all === 0 ? 0 : Math.round((count / all) * 10_000) / 100;
}
