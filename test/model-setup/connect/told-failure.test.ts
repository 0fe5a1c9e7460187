import { expect, it } from "vitest";
import { describeFailure } from "../../../src/core/describe-failure";
import { saidByEngine } from "../../../src/model-setup/connect/told-failure";
import type { Failure } from "../../../src/protocol/failure";

it.each<Failure>([
  { kind: "serverBusy" },
  { kind: "daemonUnreachable", endpoint: "http://127.0.0.1:45375", cause: "ETIMEDOUT" },
  { kind: "serverError", status: 500, message: "the context could not be made" },
  { kind: "requestRejected", status: 400, message: "options.num_ctx is no number" },
  { kind: "streamBroken", how: "reset" },
  { kind: "streamBroken", how: "ended" },
  { kind: "silent", silentMs: 90_000 },
])(
  "a fault of the built-in engine is told as its own, with nothing to restart: $kind",
  (failure) => {
    const { title, remedy } = describeFailure(saidByEngine(failure));
    expect(`${title} ${remedy}`).not.toMatch(/Ollama|whoever runs it|restart/);
    if ("message" in failure) expect(remedy).toContain(failure.message);
  },
);
