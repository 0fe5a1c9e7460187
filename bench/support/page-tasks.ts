import type { Browser, Page } from "playwright-core";

/** A piece of work that a page's main thread did without a pause. */
export interface PageTask {
  /**
   * Of the processor, in milliseconds: a task that waited for other programs is no longer for it.
   */
  readonly ms: number;
  /** What most of it went into, in the browser's words. */
  readonly what: string;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}

const beginning = " begins";
const end = " ends";
const task = "ThreadControllerImpl::RunTask";
/**
 * The browser's own words for its parts, and none of them costs the page more than some hundredths
 * of its work.
 */
const categories = ["toplevel", "devtools.timeline", "blink.user_timing"];

/** Records what the pages of a browser do, until {@link stop}. One at a time. */
export class TaskRecording {
  readonly #events: TraceEvent[] = [];
  readonly #end: () => Promise<void>;

  private constructor(end: (events: TraceEvent[]) => Promise<void>) {
    this.#end = () => end(this.#events);
  }

  static async start(browser: Browser): Promise<TaskRecording> {
    const session = await browser.newBrowserCDPSession();
    const traceConfig = { includedCategories: categories, excludedCategories: ["*"] };
    await session.send("Tracing.start", {
      transferMode: "ReportEvents",
      traceConfig: { ...traceConfig, recordMode: "recordAsMuchAsPossible" },
    });
    return new TaskRecording(async (events) => {
      session.on("Tracing.dataCollected", ({ value }) =>
        events.push(...(value as unknown as TraceEvent[]).filter(isWorthKeeping)),
      );
      const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
      await session.send("Tracing.end");
      await complete;
      await session.detach();
    });
  }

  async stop(): Promise<void> {
    await this.#end();
  }

  /** The longest tasks of a page in the times that {@link timed} named so, the longest first. */
  longest(name: string, most: number): readonly PageTask[] {
    const marks = (edge: string) => this.#events.filter((event) => event.name === name + edge);
    const ends = marks(end);
    const times = marks(beginning).map((from, index) => ({ from, to: ends[index] ?? from }));
    const events = this.#events.filter(({ pid, tid, ph, ts }) =>
      times.some(
        ({ from, to }) =>
          pid === from.pid && tid === from.tid && ph === "X" && ts > from.ts && ts < to.ts,
      ),
    );
    return events
      .filter((event) => event.name === task)
      .sort((one, other) => (other.tdur ?? 0) - (one.tdur ?? 0))
      .slice(0, most)
      .map((each) => ({ ms: (each.tdur ?? 0) / 1_000, what: partsOf(each, events) }));
  }
}

/** What takes less explains nothing, and there are hundreds of thousands of it. */
function isWorthKeeping({ ph, tdur = 0 }: TraceEvent): boolean {
  return ph !== "X" || tdur >= 500;
}

/** The three dearest kinds of work within a task. */
function partsOf(whole: TraceEvent, events: readonly TraceEvent[]): string {
  const over = whole.ts + (whole.dur ?? 0);
  const spent = new Map<string, number>();
  for (const { name, ts, dur = 0, tdur = 0 } of events) {
    if (name === task || ts < whole.ts || ts + dur > over) continue;
    spent.set(name, (spent.get(name) ?? 0) + tdur / 1_000);
  }
  return [...spent]
    .sort(([, one], [, other]) => other - one)
    .slice(0, 3)
    .map(([name, ms]) => `${name} ${ms.toFixed(0)}`)
    .join(", ");
}

/** Does something with a page, and has the recording know when. */
export async function timed(page: Page, name: string, work: () => Promise<void>): Promise<void> {
  const mark = (edge: string) =>
    page.evaluate((given) => void performance.mark(given), name + edge);
  await mark(beginning);
  await work();
  await mark(end);
}
