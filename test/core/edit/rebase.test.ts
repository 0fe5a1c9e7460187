import { expect, it } from "vitest";
import { rebase } from "../../../src/core/edit/rebase";
import { seeded } from "./support/seeded";

const base = "one\ntwo\nthree\nfour\nfive\n";
const proposed = base.replace("two", "TWO");

it("an edit of a buffer that nobody touched is the edit itself", () => {
  expect(rebase({ base, proposed, current: base })).toEqual({ kind: "same", text: proposed });
});

it("what the person typed elsewhere stays, and the edit lands beside it", () => {
  const current = `${base}typed\n`;
  expect(rebase({ base, proposed, current })).toEqual({
    kind: "merged",
    text: `${proposed}typed\n`,
  });
});

it("a buffer that already holds the edit stays as it is", () => {
  const current = `${proposed}typed\n`;
  expect(rebase({ base, proposed, current })).toEqual({ kind: "merged", text: current });
});

it("two changes of one line are a conflict that shows both versions", () => {
  const current = base.replace("two", "zwei");
  expect(rebase({ base, proposed, current })).toEqual({
    kind: "conflict",
    base,
    proposed,
    current,
  });
});

it("line ends that the person switched meanwhile stay switched", () => {
  const current = base.replaceAll("\n", "\r\n");
  expect(rebase({ base, proposed, current })).toEqual({
    kind: "merged",
    text: proposed.replaceAll("\n", "\r\n"),
  });
});

it("mixed line ends of the buffer stay as they are", () => {
  const current = base.replace("four\n", "four\r\n");
  expect(rebase({ base, proposed, current })).toEqual({
    kind: "merged",
    text: current.replace("two", "TWO"),
  });
});

it("a byte-order mark and a missing final newline of the buffer survive", () => {
  const current = `\uFEFF${base.slice(0, -1)}\nmore`;
  expect(rebase({ base, proposed, current })).toEqual({
    kind: "merged",
    text: `\uFEFF${proposed.slice(0, -1)}\nmore`,
  });
});

it("typing at the end of a hundred thousand lines while the edit is at their start takes no time and loses nothing", () => {
  const many = Array.from({ length: 100_000 }, (_, index) =>
    index % 3 === 0 ? "" : index % 3 === 1 ? "}" : `line ${index}`,
  ).join("\n");
  const edited = many.replace("line 2\n", "line two\n");
  expect(rebase({ base: many, proposed: edited, current: `${many}\nlast` })).toEqual({
    kind: "merged",
    text: `${edited}\nlast`,
  });
});

it("no line that the person typed is ever lost, whatever both sides did", () => {
  const random = seeded(11);
  let merged = 0;
  for (let round = 0; round < 1_000; round++) {
    const lines = Array.from({ length: random.below(12) }, () =>
      random.pick(["a", "b", "", "}", "c"]),
    );
    const change = (mark: string): string[] => {
      const copy = [...lines];
      for (let edits = random.below(3) + 1; edits > 0; edits--)
        copy.splice(random.below(copy.length + 1), random.below(2), mark + edits);
      return copy;
    };
    const mine = change("mine");
    const result = rebase({
      base: lines.join("\n"),
      proposed: change("model").join("\n"),
      current: mine.join("\n"),
    });
    if (result.kind !== "merged") continue;
    merged++;
    const kept = result.text.split("\n");
    for (const line of mine.filter((text) => text.startsWith("mine"))) expect(kept).toContain(line);
  }
  expect(merged).toBeGreaterThan(200);
});
