import { expect, it } from "vitest";
import {
  levelAbove,
  levelsByName,
  levelsIn,
  nearestLevel,
} from "../../../src/base/thoughts/levels";

const three = ["low", "medium", "high"] as const;

it("a template tells its levels, and a name where there is no template", () => {
  expect(levelsIn("{% if enable_thinking %}<think>{% endif %}")).toEqual([]);
  expect(levelsIn("Reasoning: {{ .ThinkLevel }}")).toEqual(three);
  expect(levelsIn('{% set reasoning_effort = "medium" %}')).toEqual(three);
  expect(levelsIn("{% if reasoning_effort in ['high', 'max'] %}")).toEqual(["high", "max"]);
  expect(levelsByName("hf.co/unsloth/gpt-oss-20b:Q4")).toEqual(three);
  expect(levelsByName("gpt-ossify")).toEqual([]);
});

it("deeper is the next level, as long as there is one", () => {
  expect(levelAbove("low", three)).toBe("medium");
  expect(levelAbove(true, three)).toBe("high");
  expect(levelAbove("medium", ["high", "max"])).toBe("high");
  expect(levelAbove("high", three)).toBeUndefined();
  expect(levelAbove(true, [])).toBeUndefined();
  expect(levelAbove(false, three)).toBeUndefined();
});

it("a wish for a level that the model lacks is the nearest that it has", () => {
  expect(nearestLevel("max", three)).toBe("high");
  expect(nearestLevel("low", ["high", "max"])).toBe("high");
  expect(nearestLevel("low", [])).toBeUndefined();
});
