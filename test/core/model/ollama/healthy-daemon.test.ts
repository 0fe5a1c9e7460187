import { startFakeDaemon } from "../../../support/fake-daemon";
import { healthyDaemonSuite } from "../../../support/healthy-daemon-suite";

const story = "Once upon a time there was a word. ".repeat(200);

healthyDaemonSuite({
  name: "a scripted daemon",
  thinkingModel: "thinker:1.5b",
  plainModel: "plain",
  contextTokens: 2048,
  async start() {
    const daemon = await startFakeDaemon({
      models: [
        { name: "thinker:1.5b", capabilities: ["completion", "thinking"] },
        { name: "plain", loadMs: 400 },
      ],
      chat: (body) => {
        const long = /story/.test(body.messages?.at(-1)?.content ?? "");
        return {
          thinking: "Let me see.",
          answer: long ? story : "Two and two is four, as every child knows.",
          delayMsPerChunk: long ? 5 : 0,
        };
      },
    });
    return {
      endpoint: daemon.endpoint,
      idle: () => daemon.busy() === 0,
      stop: () => daemon.close(),
    };
  },
});
