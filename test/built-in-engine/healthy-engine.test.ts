import { describe, it } from "vitest";
import { EngineProcess } from "../../src/model-setup/engine/engine-process";
import { healthyDaemonSuite } from "../support/healthy-daemon-suite";
import {
  buildEngine,
  modelsFolder,
  prepareEngine,
  runtimeFolder,
  smallModel,
  takeTurn,
  turnTimeoutMs,
} from "./engine-fixture";

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
    timeoutMs: turnTimeoutMs,
    async start() {
      const endTurn = await takeTurn();
      const built = await buildEngine();
      const engine = new EngineProcess({
        script: built.script,
        runtimeFolder,
        modelsFolder,
        modelFiles: [],
      });
      const { endpoint, headers } = await engine.ensureRunning();
      return {
        endpoint,
        headers,
        async stop() {
          await engine.dispose();
          built.remove();
          endTurn();
        },
      };
    },
  });
}
