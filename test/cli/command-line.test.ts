import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { confinement } from "../../src/checks/process/confinement";
import { daemonForTest } from "../support/asked-model";
import { contentLine, doneLine, finalCounts } from "../support/chat-lines";
import { linesOf } from "../support/event-lines";
import type { FakeDaemon, FakeDaemonScript } from "../support/fake-daemon";
import { variedText } from "../support/varied-text";
import { useCli } from "./spawned-cli";

const { closed } = await confinement();
const noPython = spawnSync("python3", ["--version"]).status !== 0;
const byteOrderMark = "\uFEFF";
const buggy = 'def double(n):\n\t"""Twice n."""\n\treturn n + 2\n';
const right = 'def double(n):\n\t"""Twice n."""\n\treturn n * 2\n';
const answerWith = (code: string): string => `Here it is:\n\n\`\`\`python\n${code}\`\`\`\n`;
const model = { name: "thinker:1b", capabilities: ["completion", "thinking"] };
const diff = [
  "--- a/double.py",
  "+++ b/double.py",
  "@@ -1,3 +1,3 @@",
  " def double(n):",
  ' \t"""Twice n."""',
  "-\treturn n + 2",
  "+\treturn n * 2",
  "",
].join("\n");

const cli = useCli();

let daemon: FakeDaemon;

async function withDaemon(script: FakeDaemonScript): Promise<string> {
  daemon = await daemonForTest({ models: [model], ...script });
  return daemon.endpoint;
}

/** Runs the program to its end on double.py, with a daemon that answers so. */
async function ran(words: readonly string[], script = fixing, text = buggy) {
  cli.write("double.py", text);
  const run = cli.start(["double.py", ...words, "--endpoint", await withDaemon(script)]);
  return { ...run, code: await run.ended };
}

const fixing: FakeDaemonScript = {
  chat: () => ({ thinking: "The plus is wrong.", answer: answerWith(right) }),
};

describe("npm run fix's program", () => {
  it("prints the diff and nothing else on standard output, the reasoning on standard error, and ends with 0", async () => {
    cli.write("double.py", buggy);
    const run = cli.start(["double.py:3", "--endpoint", await withDaemon(fixing)]);
    expect(await run.ended).toBe(0);
    expect(run.stdout()).toBe(diff);
    expect(run.stderr()).toContain("The plus is wrong.");
    expect(run.stderr()).toContain("Here it is:");
    expect(run.stderr()).toContain("a change is proposed");
    expect(cli.read("double.py")).toBe(buggy);
    expect(run.stderr()).toContain("syntax clean");
  });

  it("knows from the call before how many tokens a text takes for the model", async () => {
    const lines = Array.from({ length: 60 }, (_, at) => `\tn += weight[${at}]`).join("\n");
    const long = buggy.replace("\treturn n + 2", `${lines}\n\treturn n + 2`);
    const counting = ({ messages = [] }: { messages?: readonly { content: string }[] }) => ({
      steps: [
        contentLine("I see nothing."),
        doneLine("stop", {
          ...finalCounts,
          prompt_eval_count: Math.ceil((messages[0]?.content.length ?? 0) / 2),
        }),
      ],
    });
    const sent = async (): Promise<number> => {
      const { stdout } = await ran(["--ask", "Is it right?", "--json"], { chat: counting }, long);
      const event = linesOf(stdout()).find(({ kind }) => kind === "sent");
      return event?.kind === "sent" ? event.tokens : 0;
    };
    const [first, second] = [await sent(), await sent()];
    // Two characters a token, which is more than is estimated for them.
    expect(second / first).toBeGreaterThan(1.2);
  });

  it("finds the daemon in OLLAMA_HOST", async () => {
    cli.write("double.py", buggy);
    const run = cli.start(["double.py"], { OLLAMA_HOST: await withDaemon(fixing) });
    expect(await run.ended).toBe(0);
    expect(run.stdout()).toBe(diff);
  });

  it("sends the person's own request with --ask, and asks the model of --model", async () => {
    const script = { models: [model, { name: "other:1b" }], chat: "It adds two." };
    const run = await ran(["--ask", "What does it do?", "--model=other"], script);
    expect(run.code).toBe(1);
    expect(run.stdout()).toBe("");
    expect(run.stderr()).toContain("It adds two.");
    expect(daemon.chats()[0]?.body.model).toBe("other:1b");
    expect(daemon.chats()[0]?.text).toContain("What does it do?");
  });

  it("tells the model of a fix what is wrong with --problem", async () => {
    const run = await ran(["--problem", "It triples."]);
    expect(run.code).toBe(0);
    expect(run.stdout()).toBe(diff);
    expect(daemon.chats()[0]?.text).toContain("What its user says: It triples.");
  });

  it("ends with 1 and an empty standard output when the model gives the same code back", async () => {
    const run = await ran([], { chat: answerWith(buggy) });
    expect(run.code).toBe(1);
    expect(run.stdout()).toBe("");
    expect(run.stderr()).toContain("no change: The model gave the same code back.");
  });

  it("ends with 2, the cause and what to do when nobody answers", async () => {
    cli.write("double.py", buggy);
    const gone = await withDaemon({});
    await daemon.close();
    for (const run of [
      cli.start(["double.py", "--endpoint", gone]),
      cli.start(["double.py"], { OLLAMA_HOST: gone }),
    ]) {
      expect(await run.ended).toBe(2);
      expect(run.stdout()).toBe("");
      expect(run.stderr()).toContain("Ollama is not running");
      expect(run.stderr()).toContain(`Nobody answers at ${gone}`);
      expect(run.stderr()).toContain("npm start");
    }
  });

  it("ends with 2 when the file is missing or the words make no sense, without asking anybody", async () => {
    const endpoint = await withDaemon({});
    const missing = cli.start(["none.py", "--endpoint", endpoint]);
    expect(await missing.ended).toBe(2);
    expect(missing.stderr()).toContain("none.py is gone");
    const senseless = cli.start(["--endpoint", endpoint]);
    expect(await senseless.ended).toBe(2);
    expect(senseless.stderr()).toContain("name a file");
    expect(senseless.stderr()).toContain("usage:");
    expect(daemon.requests).toEqual([]);
  });

  it("sends of a file that is too much for the model what fits, and says what it left out", async () => {
    cli.write(
      "big.py",
      Array.from(
        { length: 400 },
        (_, index) => `def f${index}(x):\n    y = x + ${index}\n    return y\n\n`,
      ).join(""),
    );
    const endpoint = await withDaemon(fixing);
    const run = cli.start(["big.py", "--endpoint", endpoint]);
    await run.ended;
    expect(run.stderr()).toContain("left out for want of room: the rest of big.py");
    const [asked] = daemon.chats().filter(({ body }) => body.messages?.length) ?? [];
    const prompt = asked?.body.messages?.at(-1)?.content ?? "";
    expect(prompt).toContain("def f0(x)");
    expect(prompt.length).toBeLessThan(20_000);
  });

  it("shows the model what the file calls in another one, and says so; with --context 0 it does not", async () => {
    cli.write("double.py", `from numbers_of import twice\n\n${buggy}\treturn twice(n)\n`);
    cli.write("numbers_of.py", "def twice(x):\n    return x + x + 1\n");
    const endpoint = await withDaemon(fixing);
    const run = cli.start(["double.py:4", "--endpoint", endpoint]);
    await run.ended;
    const prompts = () => JSON.stringify(daemon.chats().map(({ body }) => body.messages));
    expect(prompts()).toContain("return x + x + 1");
    expect(run.stderr()).toContain("function twice (numbers_of.py)");
    const before = prompts().length;
    await cli.start(["double.py:4", "--context", "0", "--endpoint", endpoint]).ended;
    expect(prompts().slice(before)).not.toContain("return x + x + 1");
  });

  it("says what was named and does not go along, and why", async () => {
    const question = "Why not as in @file:gone.py or @terminal ?";
    const run = await ran(["--ask", question], { chat: { answer: "So." } });
    expect(run.stderr()).toContain("without @file:gone.py: it is not there, or no text");
    expect(run.stderr()).toContain("without @terminal: it is not there, or no text");
  });

  it("keeps what came and ends with 2 when the daemon dies in the middle of the answer", async () => {
    const chat = { answer: answerWith(right), fault: "resetMidway" } as const;
    const run = await ran(["--write"], { chat });
    expect(run.code).toBe(2);
    expect(run.stdout()).toBe("");
    expect(run.stderr()).toContain("Here it is:");
    expect(run.stderr()).toContain("The connection broke");
    expect(cli.read("double.py")).toBe(buggy);
  });

  it("lets no model steer the terminal", async () => {
    const thinking = "\x1b]0;title\x07\x1b[2J wipe";
    const run = await ran([], { chat: { thinking, answer: answerWith(right) } });
    expect(run.stderr()).toContain("[2J wipe");
    expect(run.stderr()).not.toContain("\x1b");
    expect(run.stderr()).not.toContain("\x07");
  });

  it.skipIf(noPython)(
    "runs the examples before and after with --check auto, and asks again while they fail",
    async () => {
      // Nothing that a small change would mend.
      const documented = buggy
        .replace("Twice n.", "Twice n: double(3) == 6, that is.\n\tdouble(3) == 6")
        .replace("n + 2", "n");
      const answers = ["n + 4", "n * 2"].map((code) =>
        documented.replace("return n", `return ${code}`),
      );
      const script = { chat: answers.map(answerWith) };
      const run = await ran(["--check", "auto", "--json", "--write"], script, documented);
      expect(run.code).toBe(0);
      expect(cli.read("double.py")).toBe(answers[1]);
      // On a slow machine the first request does not wait for it.
      const asked = daemon.chats().map(({ text }) => text) ?? [];
      expect(asked.join()).toContain("`double(3)`: expected `6`, got `3`");
      expect(run.stderr()).toContain("1 example: 1 failed, now 0");
      const events = linesOf(run.stdout());
      expect(events.filter(({ kind }) => kind === "tried")).toHaveLength(1);
      const stages = events.flatMap((event) =>
        event.kind === "check" && event.said !== undefined
          ? [`${event.stage}: ${event.said.cases[0]?.state}`]
          : [],
      );
      expect(stages).toEqual(["before: failed", "after: failed", "after: passed"]);
    },
  );

  it.skipIf(noPython || !closed)(
    "asks again where the edit does the same as before, and tells the calls that one changes",
    async () => {
      const documented = buggy.replace("Twice n.", "double(2) == 4");
      const answers = ["2 + n", "n * 2"].map((code) => documented.replace("n + 2", code));
      const script = { chat: answers.map(answerWith) };
      const run = await ran(["--check", "auto", "--json"], script, documented);
      expect(run.code).toBe(0);
      const said = run.stderr();
      expect(said).toMatch(/asking again: The edit does the same as before on \d+ inputs\./);
      expect(said).toMatch(
        /differs from before on \d+ of \d+ inputs\n· {3}double\(3\): before 5, now 6/,
      );
      const events = linesOf(run.stdout());
      const proposal = events.find((event) => event.kind === "proposal")?.proposal;
      expect(proposal?.files[0]?.proposed).toBe(answers[1]);
      const check = proposal?.checks?.find(({ kind }) => kind === "behaviour");
      expect(check?.before?.cases[1]).toEqual({ name: "double(3)", state: "passed", got: "5" });
      expect(check?.after?.cases[1]).toEqual({ name: "double(3)", state: "passed", got: "6" });
    },
  );

  it.skipIf(noPython)(
    "ends with 3 and writes nothing when what was checked gets worse",
    async () => {
      const test = "python3 -c 'import double; assert double.double(3) == 6'";
      const words = ["--test", test, "--tries", "1", "--write"];
      const script = { chat: answerWith(buggy) };
      const run = await ran([...words, "--ask", "Add two."], script, right);
      expect(run.code).toBe(3);
      expect(cli.read("double.py")).toBe(right);
      expect(run.stdout()).toContain("+\treturn n + 2");
      expect(run.stderr()).toContain("Something that was checked gets worse with this change.");
      // Nobody asked for this one.
      const fix = cli.start(["double.py", "--endpoint", daemon.endpoint, ...words]);
      expect(await fix.ended).toBe(1);
      expect(cli.read("double.py")).toBe(right);
      expect(fix.stdout()).toBe("");
      expect(fix.stderr()).toContain("Changes that were tried: 1. None of them is proposed.");
    },
  );

  it.skipIf(noPython)("runs nothing of the project without being told to", async () => {
    const run = await ran([], fixing, `open("ran", "w")\n${buggy}`);
    expect(run.stderr()).not.toContain("example");
    expect(() => cli.read("ran")).toThrow();
  });

  it("prints the usage for --help", async () => {
    const run = cli.start(["--help"]);
    expect(await run.ended).toBe(0);
    expect(run.stdout()).toMatch(/^usage: npm run fix/);
    expect(run.stderr()).toBe("");
  });
});

describe("in a French terminal", () => {
  const french = { LC_ALL: "", LC_MESSAGES: "fr_FR.UTF-8", LANG: "en_US.UTF-8" };

  it("says what it does and what is wrong in French, and asks for an answer in French", async () => {
    const help = cli.start(["--help"], french);
    expect(await help.ended).toBe(0);
    expect(help.stdout()).toMatch(/^usage\u00a0: npm run fix/);
    const senseless = cli.start(["double.py", "--nonsense"], french);
    expect(await senseless.ended).toBe(2);
    expect(senseless.stderr()).toContain("--nonsense n\u2019est pas une option");
    const run = cli.start(["double.py:3", "--endpoint", await withDaemon(fixing)], french);
    expect(await run.ended).toBe(0);
    expect(run.stderr()).toContain("· corriger double.py");
    expect(run.stderr()).toContain("une modification est proposée");
    expect(daemon.chats()[0]?.text).toContain("Write your explanations in French.");
  });

  it("speaks English where there are no texts of the terminal's language", async () => {
    const run = cli.start(["--help"], { LC_ALL: "tlh_QO.UTF-8" });
    expect(await run.ended).toBe(0);
    expect(run.stdout()).toMatch(/^usage: npm run fix/);
  });
});

describe("--json", () => {
  it("prints the run's events, one JSON object a line, and nothing else", async () => {
    const run = await ran(["--json"]);
    expect(run.code).toBe(0);
    const events = linesOf(run.stdout());
    expect(events[0]).toMatchObject({ kind: "started", action: "fix", path: "double.py" });
    expect(events.at(-1)).toMatchObject({ kind: "finished", outcome: "proposed" });
    const thought = events.map((event) => (event.kind === "thought" ? event.text : "")).join("");
    expect(thought).toBe("The plus is wrong.");
    const proposal = events.find((event) => event.kind === "proposal");
    expect(proposal?.proposal.files[0]).toMatchObject({ base: buggy, proposed: right });
  });

  it("tells a failure as an event, one before the run too", async () => {
    const run = cli.start(["none.py", "--json"]);
    expect(await run.ended).toBe(2);
    expect(linesOf(run.stdout())).toMatchObject([
      { kind: "failed", report: { failure: { kind: "fileMissing", path: "none.py" } } },
    ]);
  });

  it("ends, and the daemon's work with it, when the reader leaves", async () => {
    cli.write("double.py", buggy);
    const endpoint = await withDaemon({
      chat: () => ({ answer: variedText(20_000), delayMsPerChunk: 1 }),
    });
    const run = cli.start(["double.py", "--json", "--endpoint", endpoint]);
    await run.said(variedText(20_000).slice(0, 20));
    run.process.stdout?.destroy();
    expect(await run.ended).toBe(130);
    expect(await daemon.chats()[0]?.over).toBe("clientLeft");
  });
});

describe("--write", () => {
  const write = async (text: string) => (await ran(["--write"], fixing, text)).code;

  it("writes the change", async () => {
    expect(await write(buggy)).toBe(0);
    expect(cli.read("double.py")).toBe(right);
  });

  it("changes the wrong character and no other in a file with a byte-order mark, CRLF and no final newline", async () => {
    const dressed = (text: string) => byteOrderMark + text.trimEnd().replaceAll("\n", "\r\n");
    expect(await write(dressed(buggy))).toBe(0);
    expect(cli.read("double.py")).toBe(dressed(right));
  });

  /** What the file holds in the end when it becomes this while the model thinks. */
  const writeInto = (changed: string) =>
    ran(["--write"], {
      chat: () => {
        cli.write("double.py", changed);
        return { answer: answerWith(right) };
      },
    });

  it("keeps what was changed elsewhere in the file while the model thought", async () => {
    const run = await writeInto(`# mine\n${buggy}`);
    expect(run.code).toBe(0);
    expect(cli.read("double.py")).toBe(`# mine\n${right}`);
  });

  it("refuses a file that changed in the same place meanwhile, and still prints the diff", async () => {
    const changed = buggy.replace("n + 2", "n + n");
    const run = await writeInto(changed);
    expect(run.code).toBe(2);
    expect(run.stdout()).toBe(diff);
    expect(run.stderr()).toContain("double.py has changed in the same place");
    expect(cli.read("double.py")).toBe(changed);
  });
});

describe.skipIf(process.platform === "win32")("Ctrl+C", () => {
  const stopWithinMs = 1_000;

  async function stopped(
    script: FakeDaemonScript,
    once: string,
  ): Promise<{ stderr: string; code: unknown; tookMs: number }> {
    cli.write("double.py", buggy);
    const run = cli.start(["double.py", "--endpoint", await withDaemon(script)]);
    await run.said(once);
    await daemon.received("/api/chat");
    const from = performance.now();
    run.process.kill("SIGINT");
    // npm passes on what the terminal has sent already.
    run.process.kill("SIGINT");
    const over = await daemon.chats()[0]?.over;
    const tookMs = performance.now() - from;
    expect(over).toBe("clientLeft");
    return { code: await run.ended, stderr: run.stderr(), tookMs };
  }

  it("in the middle of the answer leaves the daemon idle within a second and keeps what came", async () => {
    const { code, stderr, tookMs } = await stopped(
      { chat: () => ({ thinking: "The plus.", answer: answerWith(right), fault: "hangMidway" }) },
      "Here it is",
    );
    expect(tookMs).toBeLessThan(stopWithinMs);
    expect(code).toBe(130);
    expect(stderr).toContain("The plus.");
    expect(stderr).toMatch(/· stopped\n$/);
  });

  it("while the model loads leaves the daemon idle within a second", async () => {
    const { code, tookMs } = await stopped(
      { chat: () => ({ answer: "", fault: "hangAtOnce" }) },
      "loading the model",
    );
    expect(tookMs).toBeLessThan(stopWithinMs);
    expect(code).toBe(130);
  });
});
