import type { Page } from "playwright-core";

/** What a page's thread has done so far, in milliseconds of the processor. */
export interface Work {
  readonly all: number;
  readonly script: number;
  readonly layout: number;
}

/** Measures the thread of a page: how busy the machine is otherwise is nobody's affair. */
export class PageThread {
  readonly #ask: (name: string) => Promise<number>;
  readonly #collectGarbage: () => Promise<unknown>;

  private constructor(ask: (name: string) => Promise<number>, collect: () => Promise<unknown>) {
    this.#ask = ask;
    this.#collectGarbage = collect;
  }

  static async of(page: Page): Promise<PageThread> {
    const client = await page.context().newCDPSession(page);
    await client.send("Performance.setTimeDomain", { timeDomain: "threadTicks" });
    await client.send("Performance.enable", { timeDomain: "threadTicks" });
    return new PageThread(
      async (name) => {
        const { metrics } = await client.send("Performance.getMetrics");
        return metrics.find((each) => each.name === name)?.value ?? 0;
      },
      () => client.send("HeapProfiler.collectGarbage"),
    );
  }

  async work(): Promise<Work> {
    return {
      all: (await this.#ask("TaskDuration")) * 1_000,
      script: (await this.#ask("ScriptDuration")) * 1_000,
      layout:
        ((await this.#ask("LayoutDuration")) + (await this.#ask("RecalcStyleDuration"))) * 1_000,
    };
  }

  /** What it holds, in MB, once its garbage is collected. */
  async heapMb(): Promise<number> {
    await this.#collectGarbage();
    return (await this.#ask("JSHeapUsedSize")) / 1024 ** 2;
  }
}
