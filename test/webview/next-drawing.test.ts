import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { drawsAlong, drawWaiting, withNextDrawing } from "../../src/webview/next-drawing";

describe("what is drawn along", () => {
  let asked = 0;
  let nowMs = 0;
  const done: string[] = [];

  beforeEach(() => {
    asked = 0;
    done.length = 0;
    vi.spyOn(performance, "now").mockImplementation(() => nowMs);
    drawsAlong(() => asked++);
  });

  afterEach(() => {
    drawsAlong(() => {});
    vi.restoreAllMocks();
  });

  it("waits for a drawing, asks for one, and is done once", () => {
    const work = (): unknown => done.push("link");
    withNextDrawing(work);
    withNextDrawing(work);
    withNextDrawing(() => done.push("colour"));
    expect(done).toEqual([]);
    expect(asked).toBeGreaterThan(0);
    drawWaiting();
    expect(done).toEqual(["link", "colour"]);
    drawWaiting();
    expect(done).toHaveLength(2);
  });

  it("leaves what would hold up a drawing to the next one", () => {
    const slow = (name: string) => (): void => {
      nowMs += 5;
      done.push(name);
    };
    for (const name of ["one", "two", "three"]) withNextDrawing(slow(name));
    asked = 0;
    drawWaiting();
    expect(done).toEqual(["one"]);
    expect(asked).toBe(1);
    drawWaiting();
    drawWaiting();
    expect(done).toEqual(["one", "two", "three"]);
    expect(asked).toBe(2);
  });
});
