import { describe, expect, it } from "vitest";
import { localityOf } from "../../../src/core/model/locality";
import {
  chosenServer,
  type Endpoint,
  ollamaOf,
  readEndpoints,
} from "../../../src/model-setup/settings/endpoints";
import { readPolicy, refuseForbidden } from "../../../src/model-setup/settings/policy";

const team: Endpoint = { name: "team", address: "http://gpu:8000/v1", kind: "openai" };
const box: Endpoint = { name: "box", address: "box", kind: "ollama" };

describe("who is asked", () => {
  it.each([
    ["http://box:1234", "other:1", "http://box:1234"],
    ["", "other:1", "http://other:1"],
    ["", " ", "http://127.0.0.1:11434"],
    ["", undefined, "http://127.0.0.1:11434"],
    ["", "0.0.0.0:4000", "http://127.0.0.1:4000"],
    ["", "0.0.0.0:114344", "http://127.0.0.1:11434"],
  ])("Ollama with the setting %j and OLLAMA_HOST %j: at %s", (setting, host, endpoint) => {
    expect(chosenServer({ endpoint: setting, endpoints: [team] }, { OLLAMA_HOST: host })).toEqual({
      kind: "ollama",
      address: { endpoint },
    });
  });

  it.each([
    ["team", { kind: "openai", name: "team", address: { endpoint: "http://gpu:8000/v1" } }],
    ["box", { kind: "ollama", name: "box", address: { endpoint: "http://box:11434" } }],
  ])("the entry that is named: %s", (setting, server) => {
    expect(
      chosenServer({ endpoint: setting, endpoints: [team, box] }, { OLLAMA_HOST: "other" }),
    ).toEqual(server);
  });

  it.each(["ftp://box", "http://box:114344"])("%s is said to be no address", (endpoint) => {
    expect(() => chosenServer({ endpoint, endpoints: [] }, {})).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ kind: "invalidEndpoint" }) }),
    );
  });

  it("models are fetched into Ollama at its usual place while another server is asked", () => {
    expect(ollamaOf({ endpoint: "team", endpoints: [team] }, {}).address.endpoint).toBe(
      "http://127.0.0.1:11434",
    );
    expect(ollamaOf({ endpoint: "box", endpoints: [team, box] }, {}).address.endpoint).toBe(
      "http://box:11434",
    );
  });
});

describe("the address of a server that speaks OpenAI's API", () => {
  it.each([
    ["http://gpu:8000/v1", "http://gpu:8000/v1"],
    ["http://gpu:8000/v1/chat/completions", "http://gpu:8000/v1"],
    ["http://gpu:8000/v1/models/", "http://gpu:8000/v1"],
    ["http://gpu:8000", "http://gpu:8000/v1"],
    ["gpu", "http://gpu:8000/v1"],
    ["https://api.deepseek.com", "https://api.deepseek.com/v1"],
    ["https://api.example.org/openai/v1", "https://api.example.org/openai/v1"],
    ["https://host/v1beta/openai", "https://host/v1beta/openai"],
  ])("%s means %s", (address, endpoint) => {
    const { endpoints } = readEndpoints([{ name: "x", address }]);
    expect(chosenServer({ endpoint: "x", endpoints }, {}).address).toEqual({ endpoint });
  });

  it("may hold a key, which is not shown", () => {
    const entry: Endpoint = { name: "x", address: "https://:sk-1@gpu/v1", kind: "openai" };
    expect(chosenServer({ endpoint: "x", endpoints: [entry] }, {}).address).toEqual({
      endpoint: "https://gpu/v1",
      authorization: "Bearer sk-1",
    });
  });
});

describe("entries that cannot be used", () => {
  it.each([
    ["no list", { name: "x" }, /must be a list/],
    ["no object", ["http://gpu"], /it is no object/],
    ["no name", [{ address: "http://gpu" }], /no name/],
    ["no address", [{ name: "x" }], /no address/],
    ["a kind that nobody speaks", [{ ...team, kind: "soap" }], /kind/],
    ["an address that is none", [{ name: "x", address: "ftp://gpu" }], /only http and https/],
    ["a line break in its name", [{ ...team, name: "a\nb" }], /no name/],
  ])("are left out with a sentence: %s", (_what, value, sentence) => {
    const { endpoints, problems } = readEndpoints(value);
    expect(endpoints).toEqual([]);
    expect(problems).toEqual([expect.stringMatching(sentence)]);
  });

  it("do not take the others with them, and of two of a name the first counts", () => {
    const { endpoints, problems } = readEndpoints([7, team, { ...team, address: "http://evil" }]);
    expect(endpoints).toEqual([team]);
    expect(problems).toHaveLength(2);
  });
});

describe("the policy of the machine", () => {
  const far = "https://api.example.org/v1";
  const refused = (endpoint: string, value: unknown): boolean => {
    try {
      refuseForbidden(endpoint, readPolicy(value).policy);
      return false;
    } catch (thrown) {
      expect(thrown).toMatchObject({ failure: { kind: "policyForbids", what: endpoint } });
      return true;
    }
  };

  it.each([
    ["nothing forbids nothing", undefined, far, false],
    ["loopback allows this machine", { reach: "loopback" }, "http://127.0.0.1:8000/v1", false],
    ["loopback allows no other", { reach: "loopback" }, "http://10.0.0.7:8000/v1", true],
    ["a list allows this machine", { reach: "allowList" }, "http://localhost:1", false],
    ["a list allows its hosts", { reach: "allowList", allow: ["api.example.org"] }, far, false],
    [
      "a list allows a port only",
      { reach: "allowList", allow: ["gpu:8000"] },
      "http://gpu:9",
      true,
    ],
    ["a list allows hosts below one", { reach: "allowList", allow: ["*.example.org"] }, far, false],
    [
      "a list allows no host that only ends alike",
      { reach: "allowList", allow: ["*.example.org"] },
      "https://evilexample.org",
      true,
    ],
    ["a list allows no other", { reach: "allowList", allow: ["gpu"] }, far, true],
    ["a spelling error forbids", { reach: "lopback" }, far, true],
    ["an unknown rule forbids", { reach: "any", deny: ["x"] }, far, true],
    ["what is no object forbids", "loopback", far, true],
  ])("%s", (_what, value, endpoint, isRefused) => {
    expect(refused(endpoint, value)).toBe(isRefused);
  });
});

describe("how far a request goes, as far as the address tells", () => {
  it.each([
    ["http://127.0.0.1:8000/v1", "thisMachine"],
    ["http://localhost:8000", "thisMachine"],
    ["http://10.1.2.3:8000", "localNetwork"],
    ["http://172.31.0.1", "localNetwork"],
    ["http://172.32.0.1", "elsewhere"],
    ["http://192.168.1.9", "localNetwork"],
    ["http://100.100.1.1", "localNetwork"],
    ["http://100.128.1.1", "elsewhere"],
    ["http://[fd00::1]:8000", "localNetwork"],
    ["http://[2001:db8::1]", "elsewhere"],
    ["http://gpu-box:8000", "localNetwork"],
    ["http://gpu.local", "localNetwork"],
    ["https://api.example.org", "elsewhere"],
    ["http://10.example.org", "elsewhere"],
    ["nonsense", "elsewhere"],
  ])("%s is %s", (endpoint, locality) => {
    expect(localityOf(endpoint)).toBe(locality);
  });
});
