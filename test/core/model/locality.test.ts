import { describe, expect, it } from "vitest";
import type { Connection } from "../../../src/core/model/connection";
import { staysHere } from "../../../src/core/model/locality";

function connection(endpoint: string, name: string, remoteHost?: string) {
  const details = {
    capabilities: [],
    sampling: {},
    ...(remoteHost === undefined ? {} : { remoteHost }),
  };
  return { model: { endpoint }, name, details } as unknown as Connection;
}

describe("what is sent to a model", () => {
  it.each(["http://127.0.0.1:11434", "http://localhost:8000/v1", "http://[::1]:11434"])(
    "stays on this machine at %s",
    (endpoint) => expect(staysHere(connection(endpoint, "qwen3:8b"))).toBe(true),
  );

  it.each([
    ["of the local network", connection("http://192.168.1.5:11434", "qwen3:8b")],
    ["of a server elsewhere", connection("https://api.example.com/v1", "qwen3:8b")],
    ["that a daemon here passes on by its name", connection("http://127.0.0.1:1", "glm:cloud")],
    ["that a daemon here passes on", connection("http://127.0.0.1:1", "mine", "https://a.example")],
  ])("leaves it for a model %s", (_what, to) => expect(staysHere(to)).toBe(false));
});
