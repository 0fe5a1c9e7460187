import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import { OllamaModel } from "../../src/core/model/ollama/ollama-model";
import { OpenAiModel } from "../../src/core/model/openai/openai-model";
import type { ListParts, ModelItem } from "../../src/editor/model/choose/model-item";
import { serverItems } from "../../src/editor/model/choose/server-items";
import { type ChosenServer, ollamaOf } from "../../src/model-setup/settings/endpoints";
import { defaultModelSettings, type ModelSettings } from "../../src/model-setup/settings/settings";
import { type FakeDaemon, startFakeDaemon } from "../support/fake-daemon";
import { startFakeOpenAiServer } from "../support/fake-openai-server";
import type { ScriptedModel } from "../support/scripted-models";

const said = vi.hoisted(() => ({
  told: [] as string[],
  asked: [] as string[],
  /** What the person answers when they are asked. */
  yes: undefined as string | undefined,
  /** What was written into the settings. */
  set: [] as unknown[],
}));

vi.mock("vscode", () => ({
  ConfigurationTarget: { Global: 1, Workspace: 2 },
  QuickPickItemKind: { Separator: -1 },
  ThemeIcon: class {},
  window: {
    showInformationMessage: async (text: string) => void said.told.push(text),
    showWarningMessage: async (text: string) => {
      said.asked.push(text);
      return said.yes;
    },
  },
  workspace: {
    getConfiguration: () => ({
      get: () => "as it was",
      inspect: () => undefined,
      update: async (...written: unknown[]) => void said.set.push(written),
    }),
  },
}));

let daemon: FakeDaemon;
afterEach(() => daemon.close());

const cloud = { name: "gpt-oss:120b-cloud", remoteHost: "https://ollama.com:443" };

async function listed(
  cloudIsOff: boolean,
  models: readonly ScriptedModel[] = [{ name: "deepseek-r1:8b" }, cloud],
  inUse?: string,
  endpoints: ModelSettings["endpoints"] = [],
): Promise<readonly ModelItem[]> {
  Object.assign(said, { told: [], asked: [], set: [], yes: undefined });
  daemon = await startFakeDaemon({
    models,
    at: { "/api/delete": [] },
    reply: ({ path }) =>
      path === "/api/status"
        ? { steps: [JSON.stringify({ cloud: { disabled: cloudIsOff, source: "env" } })] }
        : undefined,
  });
  const settings = {
    ...defaultModelSettings,
    endpoint: daemon.endpoint,
    model: inUse ?? "",
    endpoints,
  };
  const model = new OllamaModel({ endpoint: daemon.endpoint });
  const servers = {
    ollama: ollamaOf(settings, {}),
    at: async ({ kind, address: { endpoint } }: ChosenServer) =>
      kind === "openai" ? new OpenAiModel({ endpoint }) : model,
    atOllama: async () => model,
  };
  const parts = {
    connector: {
      servers,
      setup: { kind: "ready", endpoint: daemon.endpoint, model: inUse, engine: "ollama" },
    },
    modelSetup: { look: () => {} },
    consent: { allowedCloudModels: [] },
    settings: () => settings,
    known: () => ["7 tokens/s here"],
  };
  return (await serverItems(parts as unknown as ListParts, { memoryBytes: 64e9 })).items;
}

it("a model of a cloud that is turned off is shown with that, and choosing it asks for no yes", async () => {
  const [title, , away] = await listed(true);
  expect(title?.label).toMatch(
    /^Ollama · 127\.0\.0\.1:\d+ · this machine; its cloud is turned off$/,
  );
  expect(away?.label).toBe("$(circle-slash) gpt-oss:120b-cloud");
  expect(away?.detail).toContain("turned off there");
  await away?.choose?.();
  expect(said.asked).toEqual([]);
  expect(said.told).toEqual([away?.detail]);
});

it("a model of a cloud is asked about by its name, where one is", async () => {
  const [title, own, away] = await listed(false);
  expect(title?.label).toMatch(/this machine$/);
  expect(own?.detail).toContain("7 tokens/s here");
  expect(own?.description).not.toContain("here");
  expect(away?.label).toBe("$(cloud) gpt-oss:120b-cloud");
  await away?.choose?.();
  expect(said.told).toEqual([]);
  expect(said.asked.join()).toContain("gpt-oss:120b-cloud runs on https://ollama.com:443.");
});

it("what a daemon tells of each model only when it is asked about it is told as well", async () => {
  const [, thinker, base] = await listed(false, [
    { name: "mine:8b", capabilities: ["completion", "thinking"], trainedContextTokens: 32_768 },
    { name: "plain:270m", template: "{{ .Prompt }}" },
  ]);
  expect(thinker?.detail).toBe("window 32,768 · thinking · 7 tokens/s here");
  expect(base?.label).toBe("$(circle-slash) plain:270m");
  expect(base?.detail).toMatch(/^plain:270m goes on with a text instead of answering/);
});

it("a base model on llama.cpp's server is shown with what it is, as one in Ollama", async () => {
  const standIn =
    "{%- for message in messages -%}{{- '<|im_start|>' + message.role + '' + message.content + " +
    "'<|im_end|>' -}}{%- endfor -%}{%- if add_generation_prompt -%}" +
    "{{- '<|im_start|>assistant' -}}{%- endif -%}";
  const server = await startFakeOpenAiServer({
    owner: "llamacpp",
    models: ["gemma"],
    props: { chat_template: standIn, eos_token: "<eos>" },
  });
  onTestFinished(() => server.close());
  const entry = { name: "team", address: server.endpoint, kind: "openai" } as const;
  const gemma = (await listed(false, [], undefined, [entry])).at(-1);
  expect(gemma?.label).toBe("$(circle-slash) gemma");
  expect(gemma?.detail).toMatch(/^gemma goes on with a text instead of answering/);
});

it("a server without a model says so, and leaves it to the list of what can be fetched to name some", async () => {
  const other = await startFakeDaemon({ models: [] });
  onTestFinished(() => other.close());
  const entry = { name: "box", address: other.endpoint, kind: "ollama" } as const;
  const labels = (await listed(false, [], undefined, [entry])).map(({ label }) => label);
  expect(labels).toEqual([
    expect.stringMatching(/^Ollama/),
    "$(info) It has no model yet",
    expect.stringMatching(/^box/),
    "$(info) It has no model yet",
  ]);
});

it("the model that answers now is marked, and can be kept warm", async () => {
  const models = [{ name: "deepseek-r1:8b" }, { name: "coder:latest" }];
  const [, other, used] = await listed(false, models, "coder:latest");
  expect(used).toMatchObject({ label: "$(check) coder:latest", isInUse: true });
  expect(used?.description).toMatch(/^in use · /);
  expect(used?.actions?.map(({ icon }) => icon)).toContain("flame");
  expect(other).toMatchObject({ label: "$(server) deepseek-r1:8b", isInUse: false });
  expect(other?.description).not.toContain("in use");
});

it("who deletes the chosen model gets another one, and who deletes another keeps theirs", async () => {
  for (const [name, set] of [
    ["deepseek-r1:8b", []],
    ["coder:latest", [["model", undefined, 1]]],
  ] as const) {
    const items = await listed(
      false,
      [{ name: "deepseek-r1:8b" }, { name: "coder:latest" }],
      "coder",
    );
    said.yes = "Delete";
    const line = items.find(({ label }) => label.endsWith(` ${name}`));
    await line?.actions?.find(({ icon }) => icon === "trash")?.run();
    expect(daemon.requests.find(({ path }) => path === "/api/delete")?.body).toEqual({
      model: name,
    });
    expect(said.set, name).toEqual(set);
    await daemon.close();
  }
});
