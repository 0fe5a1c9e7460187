import { describe, expect, it } from "vitest";
import { placeNamesIn, placeReadings } from "../../../src/base/text/place-names";
import { processorMs } from "../../support/processor-time";

const inProse = (text: string) => placeNamesIn(text, false).map(({ name }) => name);
const inCode = (text: string) => placeNamesIn(text, true).map(({ name }) => name);

describe("names of places", () => {
  it("are files, their lines, and in prose only words that look like code", () => {
    expect(
      inProse("In src/queue.ts:12 and queue.ts, pushAll calls bit_count() while add (a) waits."),
    ).toEqual(["src/queue.ts:12", "queue.ts", "pushAll", "bit_count"]);
    expect(inProse("A loop. Then it ends: at last... or so (again)")).toEqual([]);
    expect(inProse("See a/b.py:3:7, `+page.svelte` or self.queue.push(1).")).toEqual([
      "a/b.py:3:7",
      "+page.svelte",
      "self.queue.push",
    ]);
  });

  it("are any names where the text is code, but for the shortest", () => {
    expect(inCode("bitcount(n)")).toEqual(["bitcount"]);
    expect(inCode("n &= n - 1")).toEqual([]);
    expect(inCode("Queue::push")).toEqual(["Queue::push"]);
  });

  it("are no part of an address and of no path that leads elsewhere", () => {
    for (const text of [
      "https://evil.example/src/queue.ts:1",
      "file:///etc/passwd.txt",
      "/etc/hosts.conf:1",
      "../../secret.txt:2",
      "src/../../secret.txt",
      "C:\\Users\\me\\notes.txt",
      "\\\\server\\share\\notes.txt",
      "command:thinkaloud.accept",
      "mailto:pushAll@evil.example",
      "vscode://file/etc/hosts.conf",
      "~/notes.txt/..",
      "?file=pushAll",
    ]) {
      expect(inProse(text).flatMap(placeReadings), text).toEqual([]);
      expect(inCode(text).flatMap(placeReadings), text).toEqual([]);
    }
  });

  it("may be read as a file and as something in one", () => {
    expect(placeReadings("queue.push")).toEqual([
      { kind: "file", path: "queue.push" },
      { kind: "symbol", name: "push", container: "queue" },
    ]);
    expect(placeReadings("src/queue.ts:12:4")).toEqual([
      { kind: "file", path: "src/queue.ts", line: 12 },
    ]);
    expect(placeReadings("a".repeat(201))).toEqual([]);
    expect(placeReadings("rm -rf")).toEqual([]);
  });

  it("are found in a text without sense in the time of its length", () => {
    const ms = processorMs(() => {
      for (const piece of ["a", "a.", "a/", "a+", "a:", "a::", "a_", "-.", "@~", "a1:1"])
        placeNamesIn(piece.repeat(20_000 / piece.length), true);
    });
    expect(ms).toBeLessThan(500);
  });
});
