import { describe, expect, it } from "vitest";
import { SecretMasks } from "../../../src/core/context/secret-masks";
import type { PreparedChecks } from "../../../src/core/run/checks/checker";
import { Interventions } from "../../../src/core/run/interventions";
import type { RunEnvironment } from "../../../src/core/run/run-request";
import type { SyntaxSource } from "../../../src/core/run/syntax-source";
import type { CheckKind } from "../../../src/protocol/checks";
import type { ContextPiece } from "../../../src/protocol/context";
import { foldEvent } from "../../../src/runs/fold/fold-event";
import { blankRun } from "../../../src/runs/run-state";
import type { RecordedRequest } from "../../support/fake-wire";
import {
  collected,
  noGrammar,
  proposalIn,
  proposalOf,
  RunWorld,
  ready,
  rewritten,
  targetIn,
  triedIn,
} from "./run-world";

let world: RunWorld;

const wrong = `def total(items):
    """Adds them."""
    if not items:
        return None
    # One after the other.
    return items[0] + total(items[1:])
`;
const right = wrong.replace("return None", "return 0");

/** A syntax source that knows the one function of the file, from its first line to its last. */
const knowingTotal: SyntaxSource = {
  ...noGrammar,
  context: async ({ text }) => {
    const last = text.trimEnd().split(/\r?\n/).length - 1;
    const range = { start: { line: 0, character: 0 }, end: { line: last, character: 99 } };
    const declared = { name: "total", kind: "function", signature: "" } as const;
    return { enclosing: { ...declared, range, bodyRange: range }, outline: [], imports: [] };
  },
};

interface Given {
  readonly text?: string;
  /** What passes; all else fails. */
  readonly passes?: (text: string) => boolean;
  readonly kind?: CheckKind;
  readonly capabilities?: readonly string[];
  readonly environment?: Partial<RunEnvironment>;
  /** What the model answers when it is asked, each time. */
  readonly answers?: readonly string[];
  readonly seconds?: number;
  /** A file that is a test. */
  readonly test?: string;
  readonly isShutIn?: boolean;
  /** What was run, in its order. */
  readonly ran?: string[];
  readonly interventions?: Interventions;
}

/** @param fill what the model writes between two texts; a number is the status of a refusal. */
async function fix(fill: (before: string, after: string) => string | number, given: Given = {}) {
  const { text = wrong, kind = "examples", capabilities = ["completion", "insert"] } = given;
  const { passes = (code) => code.startsWith(right), answers = [text] } = given;
  world = await RunWorld.start(
    {
      chat: answers.map(rewritten),
      reply: ({ path, body }) => {
        if (path !== "/api/generate") return undefined;
        const { prompt, suffix } = body as { prompt: string; suffix: string };
        const filled = fill(prompt, suffix);
        return typeof filled === "number"
          ? { status: filled, steps: [JSON.stringify({ error: "does not support insert" })] }
          : { steps: [JSON.stringify({ response: filled, done: true, eval_count: 3 })] };
      },
    },
    { syntax: knowingTotal },
  );
  const { connect } = world.environment;
  const run: PreparedChecks["run"] = async (_id, [file]) => {
    given.ran?.push(file?.proposed ?? text);
    const state = passes(file?.proposed ?? text) ? "passed" : "failed";
    return { cases: [{ name: "total([])", state }], output: "", tookMs: 1 };
  };
  const more = {
    isShutIn: given.isShutIn === true,
    isTest: async (uri: string) => uri === given.test,
  };
  const prepared = ready({ id: "it", kind, label: "the examples" }, run, more);
  Object.assign(world.environment, {
    tries: () => ({ seconds: given.seconds ?? 60, tries: 3 }),
    checkers: [{ prepare: async () => prepared }],
    connect: async (signal: AbortSignal) => {
      const connection = await connect(signal);
      return { ...connection, details: { ...connection.details, capabilities } };
    },
    ...given.environment,
  });
  const target = targetIn(text, { path: "total.py" });
  return await collected(world.run({ target }, given.interventions ?? new Interventions()));
}

/** What stands there, as a model that has no better idea fills it in. */
function asItIs(text: string) {
  return (before: string, after: string): string => {
    const [next] = after.trimStart().split("\n");
    const rest = text.slice(before.length);
    const [line = ""] = rest.split("\n");
    return line === next ? "" : line;
  };
}

function filledIn(): { prompt: string; suffix: string }[] {
  return world.daemon.requests
    .filter(({ path }) => path === "/api/generate")
    .map(({ body }) => body as unknown as { prompt: string; suffix: string });
}

function lastMessage({ body }: RecordedRequest): string | undefined {
  return body?.messages?.at(-1)?.content;
}

describe("a model that fills in line by line", () => {
  it("finds the line that it would not have changed in the whole", async () => {
    const events = await fix((before, after) =>
      before.endsWith("if not items:\n") ? "        return 0" : asItIs(wrong)(before, after),
    );
    expect(proposalOf(events)).toBe(right);
    expect(world.daemon.chats()).toHaveLength(1);
    // Code alone, and its head last.
    expect(filledIn().map(({ prompt }) => prompt.split("\n").length - 1)).toEqual([2, 3]);
    const [first] = world.daemon.requests.filter(({ path }) => path === "/api/generate");
    expect(first?.body).toMatchObject({ stream: false, options: { temperature: 0, stop: ["\n"] } });
  });

  it("finds a line that is missing, behind those that are there", async () => {
    const text = wrong.replace("        return None\n", "        print()\n");
    const events = await fix(
      (before, after) =>
        before.endsWith("print()\n") && after.startsWith("\n    #")
          ? "        return 0"
          : asItIs(text)(before, after),
      { text, passes: (code) => code.includes("return 0") },
    );
    expect(proposalOf(events)).toContain("        print()\n        return 0\n    #");
    expect(world.daemon.chats()).toHaveLength(1);
  });

  it("keeps the file's line ends", async () => {
    const text = wrong.replaceAll("\n", "\r\n");
    const events = await fix((before) => (before.endsWith("items:\n") ? "        return 0" : ""), {
      text,
      passes: (code) => code.includes("return 0"),
    });
    expect(proposalOf(events)).toBe(right.replaceAll("\n", "\r\n"));
    expect(filledIn().some(({ prompt, suffix }) => `${prompt}${suffix}`.includes("\r"))).toBe(
      false,
    );
  });

  it("makes no edit of what is only laid out or commented otherwise", async () => {
    const events = await fix((before) =>
      before.endsWith("if not items:\n") ? "        return  None  # nothing" : "    # Adds.",
    );
    expect(triedIn(events)).toEqual([]);
  });

  it("keeps the comment behind a line, and takes none of the model's", async () => {
    const text = wrong.replace("return None", "return None  # Nothing is there.");
    const events = await fix(
      (before) => (before.endsWith("items:\n") ? "        return 0 # fixed" : ""),
      { text, passes: (code) => code.includes("return 0") },
    );
    expect(proposalOf(events)).toBe(text.replace("None  #", "0  #"));
  });

  it("goes on asking where no line is right, and proposes none of them", async () => {
    const answer = wrong.replace("items[0] +", "items[1] +").replace("not items", "not  items");
    const events = await fix((before) => (before.endsWith("items:\n") ? "        return 7" : ""), {
      answers: [wrong, answer],
    });
    expect(triedIn(events)).not.toEqual([]);
    expect(world.daemon.chats().length).toBeGreaterThan(1);
    expect(proposalOf(events)).toBeUndefined();
    // The person can see all that was sent.
    const { requests } = events.reduce(foldEvent, blankRun("r"));
    const told = requests.filter(({ lines }) => lines !== true).map(({ text }) => text);
    expect(told).toEqual(world.daemon.chats().map(lastMessage));
    const lines = requests.filter((each) => each.lines === true).map(({ text }) => text);
    expect(lines).toEqual([wrong]);
    for (const { prompt, suffix } of filledIn()) {
      expect(wrong.startsWith(prompt)).toBe(true);
      expect(wrong).toContain(suffix.slice(1));
    }
  });

  it("goes on asking where the server fills in nothing, and asks it for one line", async () => {
    const events = await fix(() => 501, { answers: [wrong, right] });
    expect(filledIn()).toHaveLength(1);
    expect(proposalOf(events)).toBe(right);
  });

  it("leaves time for other ways to ask", async () => {
    await fix(() => "        return 7", { answers: [wrong, right], seconds: 0 });
    expect(filledIn()).toHaveLength(0);
  });

  it.each<[string, Given]>([
    ["by a model that was not trained for it", { capabilities: ["completion"] }],
    ["where only problems tell", { kind: "problems" }],
  ])("is not asked %s", async (_name, given) => {
    await fix(() => "        return 0", given);
    expect(filledIn()).toHaveLength(0);
  });

  it("goes through the code of other files that was shown, but through no test", async () => {
    const helper = "above = 1\ndef none():\n    return None\n";
    const range = { start: { line: 1, character: 0 }, end: { line: 2, character: 99 } };
    const piece = (path: string, kind: ContextPiece["kind"]): ContextPiece => ({
      ...{ id: path, kind, title: path, path, range, text: helper.trim().slice(10) },
      ...{ source: "search", reason: "It is called.", value: 1, languageId: "python" },
      editable: true,
      file: {
        uri: `file:///project/${path}`,
        path,
        languageId: "python",
        version: 0,
        text: helper,
      },
    });
    const pieces = [piece("test_total.py", "test"), piece("helper.py", "definition")];
    const source = { name: "all", find: async () => ({ pieces, dropped: [] }) };
    const events = await fix(
      (before, after) =>
        before.endsWith("def none():\n") ? "    return 0" : asItIs(wrong)(before, after),
      {
        environment: { context: async () => [source] },
        passes: (code) => code === helper.replace("None", "0"),
        test: "file:///project/test_total.py",
      },
    );
    expect(proposalIn(events)?.files.map(({ path }) => path)).toEqual(["helper.py"]);
    expect(filledIn().filter(({ prompt }) => prompt.endsWith("def none():\n"))).toHaveLength(1);
    // What one place is to another was shown, and the test is code of neither.
    const [first, ...others] = filledIn().map(({ prompt }) => prompt);
    expect(first?.startsWith("def none():\n    return None\n\ndef total")).toBe(true);
    expect(others.at(-1)?.startsWith("def total")).toBe(true);
    // Nor is anything sent that was not shown.
    expect(filledIn().some(({ prompt }) => prompt.includes("above"))).toBe(false);
  });

  it("is shown no secret, and writes it all the same", async () => {
    let mask = "";
    const text = wrong.replace("return None", 'return load("hunter2-hunter2")');
    const secrets = new SecretMasks({ find: async () => ["hunter2-hunter2"] });
    const events = await fix(
      (before, after) => {
        mask = /HIDDEN_\w+/.exec(before + after)?.[0] ?? mask;
        return before.endsWith("items:\n") ? `        return load("${mask}", 0)` : "";
      },
      { text, environment: { secrets }, passes: (code) => code.includes(", 0)") },
    );
    expect(filledIn().some(({ prompt, suffix }) => (prompt + suffix).includes("hunter2"))).toBe(
      false,
    );
    expect(proposalOf(events)).toContain('return load("hunter2-hunter2", 0)');
  });
});

describe("small changes", () => {
  const mended = wrong.replace("None", "0");
  const slip = mended.replace("] + total", "] - total");
  const passes = (code: string): boolean => code === mended;
  const capabilities = ["completion"];

  it("are tried before the model is asked again, and say who did not write them", async () => {
    const ran: string[] = [];
    const given = { text: slip, passes, capabilities, isShutIn: true, ran };
    const events = await fix(() => "", given);
    expect(proposalOf(events)).toBe(mended);
    expect(world.prompts()).toHaveLength(1);
    const found = events.find((event) => event.kind === "proposal");
    expect(found?.kind === "proposal" && found.proposal.files[0]?.notices).toEqual([
      "No model wrote this change: it was found among small ones that were tried.",
    ]);
    expect(triedIn(events)).toEqual([]);
    // Behind the model's answer, which was another one, the change is told as what it is.
    const aside = events.findIndex((event) => event.kind === "attempt" && event.aside);
    expect(events.slice(aside).filter(({ kind }) => kind === "answer")).toEqual([
      {
        kind: "answer",
        text: "```diff\n-    return items[0] - total(items[1:])\n+    return items[0] + total(items[1:])\n```",
      },
    ]);
    // The documentation and the head stay, and what no good came of is run once.
    const failed = ran.slice(1, -1);
    expect(new Set(failed).size).toBe(failed.length);
    for (const each of failed) expect(each).toContain('items):\n    """Adds them."""');
  });

  it("are not run where they do not parse", async () => {
    const ran: string[] = [];
    const broken = slip.replace("not items", "items");
    const errors = [{ start: { line: 0, character: 0 }, end: { line: 0, character: 1 } }];
    const check: SyntaxSource["check"] = async (_, text) => ({
      errors: text === broken ? errors : [],
    });
    const environment = { syntax: { ...knowingTotal, check } };
    const given = { text: slip, passes, capabilities, isShutIn: true, ran, environment };
    expect(proposalOf(await fix(() => "", given))).toBe(mended);
    expect(ran).not.toContain(broken);
  });

  it("end where the person takes what is there, whatever the checks say of that", async () => {
    const interventions = new Interventions();
    const written = slip.replace("[1:]", "[2:]");
    const ran: string[] = [];
    const taken = (code: string): boolean => {
      if (ran.length > 3) interventions.takeWhatIsThere();
      return code === mended;
    };
    const given = { text: slip, passes: taken, capabilities, isShutIn: true, ran, interventions };
    expect(proposalOf(await fix(() => "", { ...given, answers: [written] }))).toBe(written);
    expect(ran).not.toContain(mended);
  });

  const never: readonly [string, Given][] = [
    ["where what runs is not shut in", {}],
    ["where only a problem is named", { isShutIn: true, kind: "problems" }],
    ["where the request is about a test", { isShutIn: true, test: "file:///project/calc.py" }],
    ["where there is no time for tries", { isShutIn: true, seconds: 0 }],
  ];
  it.each(never)("are not tried %s", async (_, given) => {
    const events = await fix(() => "", { text: slip, passes, capabilities, ...given });
    expect(proposalOf(events)).not.toBe(mended);
  });
});
