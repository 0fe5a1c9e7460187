import { expect, it } from "vitest";
import { failureOf } from "../../../src/core/failure-error";
import {
  defaultSilence,
  type Heard,
  newActivity,
  type SilenceTiming,
  tellingSilence,
} from "../../../src/core/model/silence";

const timing: SilenceTiming = {
  stallNoticeMs: 5_000,
  silenceLimitMs: 600,
  leastWritingSilenceMs: 120,
};

const wait = (waitMs: number) => new Promise((resolve) => setTimeout(resolve, waitMs));

/** A model that writes a word after each of these pauses. */
async function* wordsAfter(...pausesMs: number[]): AsyncGenerator<number, void, void> {
  for (const [at, pauseMs] of pausesMs.entries()) {
    await wait(pauseMs);
    yield at;
  }
}

/** How many words came, and what ended them. */
async function heardOf(source: AsyncGenerator<number, void, void>, onWord = () => {}) {
  const activity = newActivity();
  let words = 0;
  try {
    for await (const heard of tellingSilence(source, activity, timing) as AsyncIterable<
      Heard<number>
    >) {
      if (heard.kind !== "came") continue;
      activity.writes = true;
      words++;
      onWord();
    }
    return { words, end: "done" };
  } catch (thrown) {
    return { words, end: failureOf(thrown).kind };
  }
}

it("a model that has begun to write is given up long before one that may still load", async () => {
  expect(await heardOf(wordsAfter(300, 5, 5))).toEqual({ words: 3, end: "done" });
  expect(await heardOf(wordsAfter(5, 5, 10_000))).toEqual({ words: 2, end: "silent" });
});

it("a slow model gets more time than a fast one, by its own pauses", async () => {
  expect(await heardOf(wordsAfter(5, 20, 250, 5))).toEqual({ words: 4, end: "done" });
});

it("no model waits longer in the middle than at the start", async () => {
  expect(await heardOf(wordsAfter(5, 100, 10_000))).toEqual({ words: 2, end: "silent" });
});

it("by itself a model that writes has a minute at the least", () => {
  expect(defaultSilence.leastWritingSilenceMs).toBeGreaterThanOrEqual(60_000);
});

it("time in which this process did not run is not the model's silence", async () => {
  const busy = () => {
    const until = performance.now() + 200;
    while (performance.now() < until);
  };
  // The block begins while the next word is waited for.
  const block = () => void setTimeout(busy, 10);
  expect(await heardOf(wordsAfter(1, 1, 40), block)).toEqual({ words: 3, end: "done" });
});
