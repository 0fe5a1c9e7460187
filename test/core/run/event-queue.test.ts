import { describe, expect, it } from "vitest";
import { EventQueue } from "../../../src/core/run/event-queue";
import { collected } from "./run-world";

describe("the event queue", () => {
  it("delivers what was pushed before and while somebody waits, in order", async () => {
    const queue = new EventQueue<number>();
    queue.push(1);
    queue.push(2);
    const all = collected(queue);
    await Promise.resolve();
    queue.push(3);
    queue.end();
    expect(await all).toEqual([1, 2, 3]);
  });

  it("delivers everything before it fails", async () => {
    const queue = new EventQueue<number>();
    queue.push(1);
    queue.fail(new Error("broken"));
    const got: number[] = [];
    await expect(
      (async () => {
        for await (const item of queue) got.push(item);
      })(),
    ).rejects.toThrow("broken");
    expect(got).toEqual([1]);
  });

  it("takes nothing more once it has ended, not even a failure", async () => {
    const queue = new EventQueue<number>();
    queue.end();
    queue.push(1);
    queue.fail(new Error("late"));
    expect(await collected(queue)).toEqual([]);
  });
});
