import { describe, expect, it } from "vitest";
import { noPolicy } from "../../../src/model-setup/settings/policy";
import {
  defaultModelSettings,
  readModelSettings,
} from "../../../src/model-setup/settings/settings";

describe("reading the settings", () => {
  it("nothing set gives the defaults and no complaint", () => {
    expect(readModelSettings({})).toEqual({ settings: defaultModelSettings, problems: [] });
  });

  it("good values are taken, without the spaces around them", () => {
    const { settings, problems } = readModelSettings({
      endpoint: " http://box:11434 ",
      engine: "ollama",
      model: " deepseek-r1:8b",
      modelFile: "/models/a b.gguf",
      contextTokens: 8192,
      thinking: "off",
      keepAlive: "1h",
      allowedCloudModels: ["gpt-oss:120b-cloud "],
    });
    expect(problems).toEqual([]);
    expect(settings).toEqual({
      endpoint: "http://box:11434",
      endpoints: [],
      policy: noPolicy,
      engine: "server",
      model: "deepseek-r1:8b",
      modelFile: "/models/a b.gguf",
      contextTokens: 8192,
      thinking: "off",
      keepAlive: "1h",
      allowedCloudModels: ["gpt-oss:120b-cloud"],
    });
  });

  it.each([
    ["endpoint", 11434],
    ["endpoint", "http://a\nb"],
    ["model", { name: "x" }],
    ["model", "x".repeat(5000)],
    ["modelFile", true],
    ["engine", "cuda"],
    ["engine", "toString"],
    ["contextTokens", "8192"],
    ["contextTokens", -1],
    ["contextTokens", 100],
    ["contextTokens", 8192.5],
    ["contextTokens", Number.NaN],
    ["contextTokens", 2_000_000],
    ["thinking", "loud"],
    ["keepAlive", "soon"],
    ["keepAlive", "300"],
    ["keepAlive", 300],
    ["allowedCloudModels", "x:cloud"],
    ["allowedCloudModels", { length: 1 }],
  ])(
    "a bad value for %s (%j) gives the default and a sentence that names the setting",
    (key, value) => {
      const { settings, problems } = readModelSettings({ [key]: value });
      expect(settings).toEqual(defaultModelSettings);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain(`"${key}"`);
    },
  );

  it("a bad name among allowed cloud models is dropped, the good ones stay", () => {
    const { settings, problems } = readModelSettings({ allowedCloudModels: ["a:cloud", 7, ""] });
    expect(settings.allowedCloudModels).toEqual(["a:cloud"]);
    expect(problems).toHaveLength(1);
  });

  it.each(["10m", "500ms", "0", "-1"])(
    "keeping the model for %s is a duration that the daemon understands",
    (setting) => {
      expect(readModelSettings({ keepAlive: setting }).problems).toEqual([]);
    },
  );
});
