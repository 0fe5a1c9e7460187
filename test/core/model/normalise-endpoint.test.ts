import { describe, expect, it } from "vitest";
import { FailureError } from "../../../src/core/failure-error";
import { addressOf, isLoopback } from "../../../src/core/model/normalise-endpoint";
import { ollamaAddresses, ollamaHost } from "../../../src/core/model/ollama/ollama-addresses";
import { openAiAddresses } from "../../../src/core/model/openai/openai-addresses";

describe("the address of the daemon", () => {
  it.each([
    ["", "http://127.0.0.1:11434"],
    ["myhost", "http://myhost:11434"],
    ["myhost:80", "http://myhost"],
    ["myhost:8080", "http://myhost:8080"],
    ["http://myhost", "http://myhost"],
    ["https://myhost", "https://myhost"],
    ["HTTPS://MyHost/", "https://myhost"],
    ["http://myhost//", "http://myhost"],
    ["http:///myhost:1", "http://myhost:1"],
    ["https://myhost/ollama/", "https://myhost/ollama"],
    ["https://myhost:8443/a/b?key=1#x", "https://myhost:8443/a/b"],
    [":9999", "http://127.0.0.1:9999"],
    ["0.0.0.0", "http://127.0.0.1:11434"],
    ["http://0.0.0.0:1234", "http://127.0.0.1:1234"],
    ["::", "http://[::1]:11434"],
    ["[::]:1234", "http://[::1]:1234"],
    ["::1", "http://[::1]:11434"],
    ["[::1]:8080", "http://[::1]:8080"],
    ["  'myhost:1'  ", "http://myhost:1"],
    ['"http://myhost"', "http://myhost"],
    ["myhost/path", "http://myhost:11434/path"],
    ["http://myhost:1/v1", "http://myhost:1"],
    ["http://myhost:1/v1/", "http://myhost:1"],
    ["http://myhost:1/v1/chat/completions", "http://myhost:1"],
    ["http://myhost:1/api", "http://myhost:1"],
    ["http://myhost:1/api/chat", "http://myhost:1"],
    ["http://myhost:1/api/chat/?x=1", "http://myhost:1"],
    ["https://myhost/ollama/api/tags", "https://myhost/ollama"],
    ["https://myhost/apis", "https://myhost/apis"],
    ["http:8080", "http://http:8080"],
  ])("understands %j as %s", (text, endpoint) => {
    expect(addressOf(text, ollamaAddresses).endpoint).toBe(endpoint);
    expect(addressOf(endpoint, ollamaAddresses).endpoint).toBe(endpoint);
  });

  it.each([
    ["myhost", "http://myhost:8000/v1"],
    ["https://myhost/", "https://myhost/v1"],
    ["http://myhost:1/v1/", "http://myhost:1/v1"],
    ["http://myhost:1/v1/chat/completions", "http://myhost:1/v1"],
    ["https://api.example.org/openai/v2/models", "https://api.example.org/openai/v2"],
  ])("of a server with OpenAI's API is understood, %j as %s", (text, endpoint) => {
    expect(addressOf(text, openAiAddresses).endpoint).toBe(endpoint);
    expect(addressOf(endpoint, openAiAddresses).endpoint).toBe(endpoint);
  });

  it.each([
    ["http://user:secret@myhost", "http://myhost", "user:secret"],
    ["user:secret@myhost:1", "http://myhost:1", "user:secret"],
    ["https://us%40er:se%3Acret%2F@myhost/ollama/", "https://myhost/ollama", "us@er:se:cret/"],
    ["http://user:s@cret@myhost:1", "http://myhost:1", "user:s@cret"],
    ["http://größe:50%@myhost:1", "http://myhost:1", "größe:50%"],
    ["http://user@myhost:1", "http://myhost:1", "user:"],
  ])("takes the user name and password out of %j", (text, endpoint, credentials) => {
    const authorization = `Basic ${Buffer.from(credentials).toString("base64")}`;
    expect(addressOf(text, ollamaAddresses)).toEqual({ endpoint, authorization });
  });

  it.each(["myhost:notaport", "myhost:99999"])(
    "takes the bad port of %j in OLLAMA_HOST as Ollama itself does",
    (text) => {
      expect(addressOf(text, ollamaHost).endpoint).toBe("http://myhost:11434");
    },
  );

  it("sends a key that stands alone in an address as one", () => {
    expect(addressOf("http://:secret@myhost:1", ollamaAddresses).authorization).toBe(
      "Bearer secret",
    );
  });

  it.each([
    "ftp://user:secret@myhost",
    "file:///etc/passwd",
    "http://my host",
    "a b",
    "http:/127.0.0.1:1",
    "http:/user:secret@127.0.0.1:1",
    "http:127.0.0.1:1",
    "http//127.0.0.1:1",
    "HTTPS:\\\\myhost",
    "http://user:se/secret@myhost",
    "http://user:se#secret@myhost",
    "http://user:se?secret@myhost",
    "myhost:notaport",
    "http://myhost:114344",
    "https://user:secret@myhost:0",
    "[::1]:8o80",
  ])("refuses %j and never repeats a password", (text) => {
    try {
      addressOf(text, ollamaAddresses);
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(FailureError);
      const { failure } = thrown as FailureError;
      expect(failure.kind).toBe("invalidEndpoint");
      expect(JSON.stringify(failure)).not.toContain("secret");
      return;
    }
    throw new Error("it was taken");
  });

  it.each([
    ["http://127.0.0.1:11434", true],
    ["http://127.8.8.8", true],
    ["http://localhost:11434", true],
    ["http://ollama.localhost", true],
    ["http://[::1]:11434", true],
    ["http://[::ffff:127.0.0.1]", true],
    ["http://192.168.1.4:11434", false],
    ["https://ollama.com", false],
    ["http://localhost.example.com", false],
    ["http://127.0.0.1.example.com", false],
    ["nonsense", false],
  ])("knows whether %s is this machine: %s", (endpoint, local) => {
    expect(isLoopback(endpoint)).toBe(local);
  });
});
