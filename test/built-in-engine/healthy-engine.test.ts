import { describe, it } from "vitest";
import { healthyDaemonSuite } from "../support/healthy-daemon-suite";
import { prepareEngine, smallModel, startEngine } from "./engine-fixture";

const missing = await prepareEngine();

if (missing !== undefined) {
  describe("the built-in engine with a real model", () => {
    it.skip(missing, () => {});
  });
} else {
  healthyDaemonSuite({
    name: "the built-in engine with a real model",
    plainModel: smallModel,
    thinkingModel: smallModel,
    contextTokens: 2048,
    timeoutMs: 120_000,
    async start() {
      const { engine, end } = await startEngine();
      return { ...(await engine.ensureRunning()), stop: end };
    },
  });
}
