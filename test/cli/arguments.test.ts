import { describe, expect, it } from "vitest";
import { parseArguments } from "../../src/cli/arguments";

const plain = { write: false, guarded: [], json: false };

describe("parseArguments", () => {
  it.each([
    [["a.py"], { file: "a.py" }],
    [["a.py:1"], { file: "a.py", line: 0 }],
    [["a.py:12"], { file: "a.py", line: 11 }],
    [["a.py:12:5"], { file: "a.py", line: 11 }],
    [["C:\\work\\a.py"], { file: "C:\\work\\a.py" }],
    [["C:\\work\\a.py:7"], { file: "C:\\work\\a.py", line: 6 }],
    [["C:a.py"], { file: "C:a.py" }],
    [["with space:in name.py:3"], { file: "with space:in name.py", line: 2 }],
    [["a.py:"], { file: "a.py:" }],
    [["two\nlines.py:2"], { file: "two\nlines.py", line: 1 }],
    [["--", "--write"], { file: "--write" }],
    [["--model", "m:7b", "a.py"], { file: "a.py", model: "m:7b" }],
    [["a.py", "--model=m=x"], { file: "a.py", model: "m=x" }],
    [["a.py", "--model", "first", "--model", "second"], { file: "a.py", model: "second" }],
    [
      ["a.py", "--endpoint", "http://127.0.0.1:1"],
      { file: "a.py", endpoint: "http://127.0.0.1:1" },
    ],
    [["a.py", "--ask", "why is x = 1?"], { file: "a.py", ask: "why is x = 1?" }],
    [["a.py", "--problem", "it is slow"], { file: "a.py", problem: "it is slow" }],
    [["a.py", "--ask=--write it"], { file: "a.py", ask: "--write it" }],
    [["a.py", "--ask", "-1 is not handled"], { file: "a.py", ask: "-1 is not handled" }],
    [["a.py", "--write", "--json"], { file: "a.py", write: true, json: true }],
    [["a.py", "--check", "off"], { file: "a.py" }],
    [["a.py", "--check", "auto"], { file: "a.py", check: { tries: { tries: 8, seconds: 60 } } }],
    [
      ["a.py", "--check=auto", "--tries", "3", "--seconds=0"],
      { file: "a.py", check: { tries: { tries: 3, seconds: 0 } } },
    ],
    [
      ["a.py", "--test", 'python3 -m pytest \'test it.py\' "a\\"b" c\\ d $(x)'],
      {
        file: "a.py",
        check: {
          testWords: ["python3", "-m", "pytest", "test it.py", 'a"b', "c d", "$(x)"],
          tries: { tries: 8, seconds: 60 },
        },
      },
    ],
  ])("takes %j", (words, expected) => {
    expect(parseArguments(words)).toEqual({ ...plain, ...expected });
  });

  it.each([
    [[], "name a file"],
    [[""], "name a file"],
    [["--write"], "name a file"],
    [["a.py", "b.py"], "name one file only"],
    [["a.py:0"], "lines count from 1"],
    [["a.py", "--model"], "--model needs a value"],
    [["a.py", "--model="], "--model needs a value"],
    [["a.py", "--ask", "a", "--problem", "b"], "--problem or --ask, not both"],
    [["a.py", "--ask", " "], "--ask needs a value"],
    [["a.py", "--ask", "--write"], "--ask needs a value"],
    [["a.py", "--write=yes"], "--write=yes is not an option"],
    [["a.py", "--wirte"], "--wirte is not an option"],
    [["-x", "a.py"], "-x is not an option"],
    [["a.py", "--check", "yes"], "--check is auto or off"],
    [["a.py", "--check", "off", "--test", "make"], "--test needs --check auto"],
    [["a.py", "--test", "make 'test"], "--test needs a command"],
    [["a.py", "--tries", "3"], "--tries and --seconds need --check auto or --test"],
    [["a.py", "--check", "auto", "--tries", "0"], "--tries needs a whole number from 1 on"],
    [["a.py", "--check", "auto", "--seconds", "1.5"], "--seconds needs a whole number from 0 on"],
    [["a.py", "--help"], "help"],
    [["-h"], "help"],
  ])("says what is wrong with %j", (words, expected) => {
    expect(parseArguments(words)).toBe(expected);
  });
});
