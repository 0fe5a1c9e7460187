import { describe, expect, it } from "vitest";
import type { EditPlan } from "../../../src/core/edit/edit-plan";
import { planEdits } from "../../../src/core/edit/plan-edits";
import { outcomeOf } from "./support/outcome";
import { block } from "./support/samples";

/** A quoted stretch, the stretch of the file that resembles it, and what the edit changes in it. */
interface Siblings {
  readonly what: string;
  readonly quoted: string;
  readonly sibling: string;
  readonly from: string;
  readonly to: string;
}

const siblings: readonly Siblings[] = [
  {
    what: "another call with other arguments",
    quoted:
      "    rows = []\n    clock.start()\n    for line in lines:\n        rows = read_orders(line)\n    if rows != wanted:",
    sibling:
      '    rows = []\n    clock.start()\n    for line in lines:\n        rows = read_refunds(line, "")\n    if rows != wanted:',
    from: "clock.start()",
    to: "clock.restart()",
  },
  {
    what: "another name that the file uses elsewhere too",
    quoted:
      "    while parent is not None:\n        if limit is not None:\n            if limit <= 0:\n                break",
    sibling:
      "    while child is not None:\n        if limit is not None:\n            if limit <= 0:\n                break",
    from: "if limit <= 0:",
    to: "if limit < 0:",
  },
  {
    what: "one argument less",
    quoted:
      "        shell, input=source, output=sink,\n        errors=errors, **options)\n    return Child(shell, source)",
    sibling:
      "        input=source, output=sink,\n        errors=errors, **options)\n    return Child(shell, source)",
    from: "**options)",
    to: "**settings)",
  },
  {
    what: "a call around a value",
    quoted:
      "    source.each(\n        keep(True),\n        turn(lambda value: value),\n    )\n    item(kind, rest)",
    sibling:
      "    source.each(\n        keep(True),\n        turn(lambda value: number(value)),\n    )\n    item(kind, rest)",
    from: "keep(True)",
    to: "keep(False)",
  },
  {
    what: "another bracket",
    quoted:
      "    for part in parts:\n        yield indent + part\n    if closed:\n        depth -= 1\n    yield '}'\n    if marks is not None:",
    sibling:
      "    for part in parts:\n        yield indent + part\n    if closed:\n        depth -= 1\n    yield ']'\n    if marks is not None:",
    from: "depth -= 1",
    to: "depth -= 2",
  },
  {
    what: "comments that are not there at all",
    quoted:
      "    stop(job, loop)\n    # When it could not be stopped and failed instead,\n    # its own failure is the one to tell.\n    try:\n        return job.result()\n    except Stopped as reason:\n        raise TooLate() from reason",
    sibling:
      "    stop(job, loop)\n    try:\n        return job.result()\n    except Stopped as reason:\n        raise TooLate() from reason",
    from: "raise TooLate()",
    to: "raise Late()",
  },
  {
    what: "a comment with another number",
    quoted:
      "    # Step 2.9: two bytes must follow here,\n    if data[at] != 13 or data[at + 1] != 10:\n        raise Broken(at)",
    sibling:
      "    # Step 5.9: two bytes must follow here,\n    if data[at] != 13 or data[at + 1] != 10:\n        raise Broken(at)",
    from: "data[at + 1]",
    to: "data[at + 2]",
  },
  {
    what: "one line more, all of its words known",
    quoted:
      "        header={\n            connection: [close],\n            length: [nothing],\n        },\n        host=origin,\n        version=1,",
    sibling:
      "        header={\n            connection: [close],\n        },\n        host=origin,\n        version=1,",
    from: "version=1",
    to: "version=2",
  },
  {
    what: "a last line of the same shape",
    quoted:
      "    want = bool\n    cases = [\n        dict(\n            name=empty,\n            want=True,\n        ),\n        dict(\n            name=simple(match, first),",
    sibling:
      "    want = bool\n    cases = [\n        dict(\n            name=empty,\n            want=True,\n        ),\n        dict(\n            name=ascii(low, last),",
    from: "want=True",
    to: "want=False",
  },
  {
    what: "what looks like a file's name",
    quoted: "                State.UNWRAPPED\n            )\n        ):\n            return",
    sibling: "                State.FLUSHING\n            )\n        ):\n            return",
    from: "return",
    to: "return 1",
  },
];

/** Words of the quoted stretches that the rest of the file knows. */
const rest =
  "def known(parent, child, shell, length, nothing):\n    read_orders(parent)\n    read_refunds(child, shell)\n    stop(parent)\n    mode = State.UNWRAPPED\n    mode = State.FLUSHING\n    return length, nothing";

function fileOf(...parts: readonly string[]): string {
  return `${[rest, ...parts.map((part, index) => `def part_${index}(self):\n${part}\n    end_of_part(${index})`)].join("\n\n\n")}\n`;
}

function plan(one: Siblings, text: string): Promise<EditPlan> {
  const answer = block(one.quoted, one.quoted.replace(one.from, one.to));
  return planEdits({
    answer,
    truncated: false,
    files: [{ path: "parts.py", languageId: "python", text }],
  });
}

describe.each(siblings)("Of two places that differ by $what", (one) => {
  it("the quoted one is changed", async () => {
    const text = fileOf(one.sibling, one.quoted);
    expect(outcomeOf(await plan(one, text))).toBe(
      text.replace(one.quoted, () => one.quoted.replace(one.from, one.to)),
    );
  });

  it("the other one is left alone when the quoted one is gone", async () => {
    expect((await plan(one, fileOf(one.sibling))).kind).toBe("refusal");
  });
});

describe("A place is still found", () => {
  const quoted = siblings[1]?.quoted ?? "";
  const edited = quoted.replace("<= 0", "< 0");

  it("when the person renamed something in it to what stands nowhere else", async () => {
    const own = quoted.replace("while parent", "while ancestor");
    const text = fileOf(own);
    const files = [{ path: "parts.py", languageId: "python", text }];
    expect(
      outcomeOf(await planEdits({ answer: block(quoted, edited), truncated: false, files })),
    ).toBe(text.replace("<= 0", "< 0"));
  });

  it("when the model made up a name in it", async () => {
    const text = fileOf(quoted);
    const files = [{ path: "parts.py", languageId: "python", text }];
    const answer = block(
      quoted.replace("parent", "invented"),
      edited.replace("parent", "invented"),
    );
    expect(outcomeOf(await planEdits({ answer, truncated: false, files }))).toBe(
      text.replace("<= 0", "< 0"),
    );
  });
});
