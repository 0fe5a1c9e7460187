import { afterEach, expect, it } from "vitest";
import { FailureError } from "../../../src/core/failure-error";
import { apis, apiWires } from "../../support/api-wires";
import { chatRequest } from "../../support/collect-chat";
import type { FakeDaemon } from "../../support/fake-daemon";

let server: FakeDaemon;
afterEach(() => server.close());

it.each(apis.flatMap((api) => (["cut", "reset"] as const).map((fault) => ({ api, fault }))))(
  "what came before a $fault is read, however late, through the API $api",
  async ({ api, fault }) => {
    const wire = apiWires[api];
    const words = Array.from({ length: 40 }, (_, at) => `word${at} `);
    const lines = words.map((word) => wire.answer(word));
    server = await wire.start(() => ({
      headers: { "content-type": wire.contentType },
      steps: [...lines, { waitMs: 50 }, { fault }],
    }));
    let answer = "";
    let thrown: unknown;
    try {
      const chat = wire.model(server.endpoint, {}).chat(chatRequest(), AbortSignal.timeout(10_000));
      for await (const event of chat) {
        if (event.kind !== "answer") continue;
        // Whoever reads is busy until all of it is over.
        if (answer === "") await new Promise((resolve) => setTimeout(resolve, 300));
        answer += event.text;
      }
    } catch (failure) {
      thrown = failure;
    }
    expect(answer).toBe(words.join(""));
    expect(thrown).toBeInstanceOf(FailureError);
    expect((thrown as FailureError).failure).toMatchObject({ kind: "streamBroken", how: "reset" });
  },
);
