import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type BuiltProduct, buildProduct } from "../support/built-product";
import { type FakeDaemon, startFakeDaemon } from "../support/fake-daemon";

let product: BuiltProduct;
let daemon: FakeDaemon;
beforeAll(async () => {
  product = await buildProduct();
  daemon = await startFakeDaemon({ models: [{ name: "thinker:1b" }] });
});
afterAll(async () => {
  product?.remove();
  await daemon?.close();
});

it("the set-up of a model as it ships takes the daemon's model as it is", async () => {
  const home = product.path("home");
  const env = { ...process.env, HOME: home, XDG_CACHE_HOME: home, OLLAMA_HOST: daemon.endpoint };
  const script = product.path("prepare-model.cjs");
  const { stdout } = await promisify(execFile)(process.execPath, [script], { env });
  expect(JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "")).toMatchObject({
    kind: "ready",
    engine: "daemon",
    model: "thinker:1b",
  });
});
