import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { whyNoModel } from "../../eval/ask-for-fix";
import { parseEvalArguments } from "../../eval/eval-arguments";
import { reportOf } from "../../eval/report";
import type { EvalResult } from "../../eval/result";
import { ResultFile } from "../../eval/result-file";
import { parseVariant } from "../../eval/variant";
import type { RunEvent } from "../../src/protocol/run-events";
import { folderForTest } from "../support/folder-for-test";

function result(name: string, variant: string, verdict: EvalResult["verdict"]): EvalResult {
  return {
    ...{ case: name, variant, language: "python", second: "see", verdict, requests: 1 },
    ...{ tokensRead: 10, tokensReadAgain: 0, tokensThought: 0, tokensAnswered: 5 },
    ...{ seconds: 1, changed: ["a.py"] },
  };
}

describe("a variant", () => {
  it("is told to the command line in its own options", () => {
    expect(parseVariant("context=one-file,checks=auto,tries=3")).toMatchObject({
      words: ["--context", "0", "--check", "auto", "--tries", "3"],
    });
    expect(parseVariant("tries=3")).toBe("tries and seconds need checks=auto");
    expect(parseVariant("contxt=1")).toBe('"contxt=1" is no variant');
    expect(parseEvalArguments(["--variant", "tests=shown", "--variant", "tests=shown"])).toBe(
      "the variants are the same",
    );
  });
});

it("an evaluation says which of its options is wrong", () => {
  expect(parseEvalArguments(["--modle", "a"])).toBe("Unknown option '--modle'");
  expect(parseEvalArguments(["--model="])).toBe("--model needs a value");
  expect(parseEvalArguments(["--files", "three"])).toBe("--files is one or several");
  expect(parseEvalArguments(["-h"])).toBe("");
  expect(parseEvalArguments(["--model", "a", "--limit=3", "--fresh"])).toMatchObject({
    model: "a",
    limit: 3,
    fresh: true,
    suite: { name: "own" },
  });
});

describe("an evaluation that was killed", () => {
  let folder: string;
  beforeEach(() => {
    folder = folderForTest("eval-results-");
  });

  it("goes on behind what is whole, with the same build, and does again what broke off", async () => {
    const path = join(folder, "r.jsonl");
    const first = await ResultFile.open(path, "b1", false);
    await first.add(result("a", "x", "fixed"));
    await first.add(result("b", "x", "failed"));
    await writeFile(path, `${await readFile(path, "utf8")}{"build":"b1","case":"c","var`);
    const next = await ResultFile.open(path, "b1", false);
    await next.add(result("d", "x", "wrong"));
    const last = await ResultFile.open(path, "b1", false);
    const found = ["a", "b", "c", "d"].map((name) => last.find(name, "x")?.verdict);
    expect(found).toEqual(["fixed", undefined, undefined, "wrong"]);
    expect((await ResultFile.open(path, "b2", false)).results).toEqual([]);
  });
});

it("no case is counted where no model is reached, and one that broke off later is", () => {
  const failed = {
    kind: "failed",
    report: {
      failure: { kind: "daemonUnreachable", endpoint: "http://127.0.0.1:11434", cause: "" },
      ...{ title: "Ollama is not running", remedy: "Start it.", actions: [] },
    },
  } as unknown as RunEvent;
  const model = { kind: "model", model: "m" } as unknown as RunEvent;
  expect(whyNoModel({ events: [failed], code: 2, tookMs: 1 })).toBe(
    "Ollama is not running. Start it.",
  );
  expect(whyNoModel({ events: [model, failed], code: 2, tookMs: 1 })).toBeUndefined();
});

it("two variants are compared case by case", () => {
  const page = reportOf(
    [
      result("a", "one", "fixed"),
      result("a", "two", "fixed"),
      result("b", "one", "wrong"),
      result("b", "two", "fixed"),
      result("c", "one", "refused"),
      result("c", "two", "skipped"),
    ],
    ["one", "two"],
  );
  expect(page).toContain("| both fix | 1 | a |");
  expect(page).toContain("| only two | 1 | b |");
  expect(page).toContain("| a second file to be seen | 1 of 3 | 2 of 2 |");
});
