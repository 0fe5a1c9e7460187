import { contentLine, doneLine, thinkingLine } from "../../support/chat-lines";
import { type FakeDaemon, startFakeDaemon } from "../../support/fake-daemon";
import type { RecordedRequest, Reply, Step, WireBody } from "../../support/fake-wire";
import type { ScriptedModel } from "../../support/scripted-models";

/** How often an answer that has nothing to say yet looks whether it has. */
const lookMs = 10;

/**
 * One answer of the model, spoken as the test goes along, so that a test decides what is on the
 * screen when it looks.
 */
export class LiveAnswer {
  readonly #steps: Step[] = [];
  #over = false;
  #begun: () => void = () => {};
  /** Resolves when the request is there. */
  readonly begun = new Promise<void>((resolve) => {
    this.#begun = resolve;
  });

  think(text: string): this {
    for (const token of tokens(text)) this.#steps.push(thinkingLine(token));
    return this;
  }

  say(text: string): this {
    for (const token of tokens(text)) this.#steps.push(contentLine(token));
    return this;
  }

  /** Says that it is done. */
  end(): this {
    this.#over = true;
    return this;
  }

  /** The connection breaks. */
  breakOff(): this {
    this.#steps.push({ fault: "reset" });
    return this;
  }

  reply(body: WireBody): Reply {
    this.#begun();
    const promptTokens = Math.ceil(
      (body.messages ?? []).reduce((sum, { content }) => sum + content.length, 0) / 4,
    );
    return { steps: this.#spoken(promptTokens) };
  }

  *#spoken(promptTokens: number): Generator<Step> {
    const startedAt = performance.now();
    for (let next = 0; ; ) {
      const step = this.#steps[next];
      if (step !== undefined) {
        next++;
        yield step;
      } else if (this.#over) {
        const prompt = {
          load_duration: 3_000_000_000,
          prompt_eval_count: promptTokens,
          prompt_eval_duration: 700_000_000,
        };
        yield doneLine("stop", {
          ...prompt,
          eval_count: next,
          eval_duration: (performance.now() - startedAt) * 1e6,
        });
        return;
      } else yield { waitMs: lookMs };
    }
  }
}

/** A daemon whose every answer the test speaks itself. */
export interface LiveDaemon extends FakeDaemon {
  /** What the next request that has no answer yet will get. */
  nextAnswer(): LiveAnswer;
  /** The newest chat request. */
  lastChat(): RecordedRequest;
  /** From now on only requests with this user name and password are let through. */
  lock(user: string, password: string): void;
}

const modelName = "deepseek-r1:8b";
const model: ScriptedModel = {
  name: modelName,
  capabilities: ["completion", "thinking"],
  bytes: 5_200_000_000,
  trainedContextTokens: 131_072,
};

/** @param port absent: any free one. */
export async function startLiveDaemon(port = 0): Promise<LiveDaemon> {
  const waiting: LiveAnswer[] = [];
  let key: string | undefined;
  const daemon = await startFakeDaemon({
    port,
    models: [model],
    reply: ({ headers }) =>
      key === undefined || headers.authorization === key
        ? undefined
        : {
            status: 401,
            headers: { "www-authenticate": 'Basic realm="box"' },
            steps: ["<html>401</html>"],
          },
    chat: (body) =>
      isReadAhead(body)
        ? { answer: "" }
        : (waiting.shift()?.reply(body) ?? {
            answer: "The test has no answer for this.",
            thinking: "Nobody told me what to say.",
          }),
  });
  return {
    ...daemon,
    lock(user, password) {
      key = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
    },
    nextAnswer() {
      const answer = new LiveAnswer();
      waiting.push(answer);
      return answer;
    },
    lastChat() {
      const chat = daemon.chats().at(-1);
      if (chat === undefined) throw new Error("nobody has asked the model yet");
      return chat;
    },
  };
}

/** What is only read, while the person still types, takes no answer from what follows. */
function isReadAhead({ options }: WireBody): boolean {
  return options?.["num_predict"] === 1;
}

/** Words with the white space before them: about what a tokenizer does. */
function tokens(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}
