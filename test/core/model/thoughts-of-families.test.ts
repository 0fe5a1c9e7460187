import { afterEach, describe, expect, it } from "vitest";
import { answer, draft, written } from "../../base/thoughts/families";
import { type Api, apis, apiWires } from "../../support/api-wires";
import { doneLine, finalCounts } from "../../support/chat-lines";
import { chatRequest, collectChat } from "../../support/collect-chat";
import { type FakeDaemon, startFakeDaemon } from "../../support/fake-daemon";
import { startFakeOpenAiServer } from "../../support/fake-openai-server";
import type { Reply, Step } from "../../support/fake-wire";
import { pieces } from "../../support/pieces";

let server: FakeDaemon;
afterEach(() => server.close());

/** A server that takes what its model writes for answer, whatever it is. */
const starts: { readonly [Each in Api]: (reply: Reply) => Promise<FakeDaemon> } = {
  ollama: (reply) =>
    startFakeDaemon({ models: [{ name: "m", capabilities: ["completion"] }], chat: () => reply }),
  openai: (reply) => startFakeOpenAiServer({ models: ["m"], chat: () => reply }),
};

interface InPieces {
  /** Characters in each of the server's lines. */
  readonly characters: number;
  /** Bytes in each packet; absent: a packet is a line. */
  readonly bytes?: number;
}

/** What comes of a chat whose content arrives in pieces. */
async function answered(
  api: Api,
  content: string,
  { characters, bytes }: InPieces,
  more: Parameters<typeof chatRequest>[0] = {},
  end: Step = apiWires[api].end(),
) {
  const texts = content.match(new RegExp(`[\\s\\S]{1,${characters}}`, "gu")) ?? [];
  const lines = [...texts.map((text) => apiWires[api].answer(text)), end as string];
  server = await starts[api]({
    headers: { "content-type": apiWires[api].contentType },
    steps: bytes === undefined ? lines : pieces(Buffer.from(lines.join("")), bytes),
  });
  const model = apiWires[api].model(server.endpoint, {});
  return collectChat(model, chatRequest({ think: false, ...more }));
}

describe.each(apis)(
  "a server behind the API %s that does not know how its model marks thoughts",
  (api) => {
    describe.each<InPieces>([
      { characters: 4 },
      { characters: 1 },
      { characters: 7, bytes: 11 },
      { characters: 100, bytes: 1 },
    ])("in pieces of $characters characters, in packets of $bytes bytes", (inPieces) => {
      it.each(written)(
        "sends what $family wrote, and the draft in its thought is no part of the answer",
        async ({ open, close, end }) => {
          const told = await answered(api, `${open}${draft}${close}${answer}${end}`, inPieces);
          expect({ thought: told.thought, answer: told.answer.trimEnd() }).toEqual({
            thought: draft,
            answer,
          });
          expect(told.done?.reason).toBe("stop");
        },
      );

      it.each(written.filter(({ closesAlone }) => closesAlone))(
        "sends what $family wrote behind a template that opens the thought itself",
        async ({ close, end }) => {
          const told = await answered(api, `${draft}${close}${answer}${end}`, inPieces);
          expect({ thought: told.thought.trimEnd(), answer: told.answer.trimEnd() }).toEqual({
            thought: draft,
            answer,
          });
        },
      );
    });

    it("is not listened to any longer when the model's turn is over", async () => {
      const wire = apiWires[api];
      function* runningOn(): Generator<Step> {
        yield wire.answer("Yes.<|eot_id|>");
        for (;;) yield wire.answer("\nuser\nAnd now?\n");
      }
      const headers = { "content-type": wire.contentType };
      server = await starts[api]({ headers, steps: runningOn() });
      const told = await collectChat(wire.model(server.endpoint, {}), chatRequest());
      expect(told).toMatchObject({ answer: "Yes.", done: { reason: "stop" } });
      const chat = server.requests.find(({ path }) => path.endsWith(wire.path));
      expect(await chat?.over).toBe("clientLeft");
    });

    it("sends a mark that stands in the code of the request, and it stays in the answer's code", async () => {
      const code = "```\n{{ .Prompt }}<|im_end|>\n```";
      const messages = [{ role: "user" as const, content: `What is wrong?\n${code}` }];
      const { answer } = await answered(api, code, { characters: 3 }, { messages });
      expect(answer).toBe(code);
      await server.close();
      expect((await answered(api, code, { characters: 3 })).answer).toBe("```\n{{ .Prompt }}\n```");
    });

    it("goes on in a thought that the request left open in any family's form", async () => {
      const messages = [
        { role: "user" as const, content: "q" },
        { role: "assistant" as const, content: "[THINK]It is" },
      ];
      const told = await answered(api, " so.[/THINK]Yes.", { characters: 2 }, { messages });
      expect(told).toMatchObject({ thought: " so.", answer: "Yes." });
    });
  },
);

it("has not cut the answer off when the limit was reached by what followed its end", async () => {
  const cut = doneLine("length", finalCounts);
  const last = cut.replace('"content":""', '"content":"es.\\u003c|im_end|\\u003e\\nuser\\nAnd"');
  expect(last).not.toBe(cut);
  expect(await answered("ollama", "Y", { characters: 1 }, {}, last)).toMatchObject({
    answer: "Yes.",
    done: { reason: "stop" },
  });
  await server.close();
  expect(await answered("ollama", "Yes", { characters: 1 }, {}, cut)).toMatchObject({
    answer: "Yes",
    done: { reason: "length" },
  });
});
