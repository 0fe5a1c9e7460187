import { afterEach, expect, it, vi } from "vitest";
import { ModelCards } from "../../src/editor/model/model-cards";
import type { Connector } from "../../src/model-setup/connect/connector";
import { CardRecords } from "../../src/model-setup/records/card-records";
import type { ModelCard } from "../../src/protocol/model-card";
import { KeptInMemory } from "../support/kept-in-memory";

/** What the person answers, and what the editor is told to do. */
const editor = vi.hoisted(() => ({
  picks: [] as (string | undefined)[],
  saveAs: undefined as string | undefined,
  asked: [] as { title?: string; defaultUri?: { path: string } }[],
  pages: [] as string[],
  written: new Map<string, string>(),
  writes: undefined as (() => void) | undefined,
}));

vi.mock("vscode", () => {
  const uri = (path: string) => ({ path, scheme: "file" });
  return {
    Uri: {
      file: uri,
      joinPath: (base: { path: string }, name: string) => uri(`${base.path}/${name}`),
    },
    window: {
      showInformationMessage: async () => editor.picks.shift(),
      showSaveDialog: async (options: { title?: string; defaultUri?: { path: string } }) => {
        editor.asked.push(options);
        return editor.saveAs === undefined ? undefined : uri(editor.saveAs);
      },
      showTextDocument: async () => {},
    },
    workspace: {
      workspaceFolders: undefined,
      openTextDocument: async ({ content }: { content: string }) => editor.pages.push(content),
      fs: {
        writeFile: async ({ path }: { path: string }, bytes: Uint8Array) => {
          editor.writes?.();
          editor.written.set(path, Buffer.from(bytes).toString());
        },
      },
    },
  };
});

afterEach(() => {
  Object.assign(editor, { picks: [], asked: [], pages: [], saveAs: undefined, writes: undefined });
  editor.written.clear();
});

const card: ModelCard = {
  ...{ version: 1, model: "hf.co/me/thinker:Q4", endpoint: "http://127.0.0.1:1" },
  ...{ at: Date.UTC(2026, 10, 27, 12), tookMs: 41_000, thought: "marks", begunTurn: "goesOn" },
  forms: [{ form: "blocks", tried: 3, kept: 2, right: 1 }],
  missing: ["off: Ollama ran into a problem", "there was no time for the rest"],
};

/** What was found out about the model that answers is known. */
async function knownCards(): Promise<ModelCards> {
  const records = new CardRecords(new KeptInMemory());
  await records.keep(card);
  const connect = async () => ({ name: card.model, model: { endpoint: card.endpoint } });
  const connector = { connect } as unknown as Connector;
  const environment = (): never => {
    throw new Error("the model is asked");
  };
  return new ModelCards({ connector, records, environment, isBusy: () => false });
}

it("a card is exported as the page that is shown, with what, where and when", async () => {
  const cards = await knownCards();
  editor.picks = ["Export…"];
  editor.saveAs = "/home/me/card.md";
  await cards.show();
  const [page = ""] = editor.pages;
  expect(page.split("\n")).toEqual([
    `# ${card.model}`,
    "",
    "Found out on November 27, 2026 at http://127.0.0.1:1 in 41 s.",
    "",
    "- It thinks between marks in its text; Thinkaloud tells thought from answer.",
    "- Whether its thinking can be turned off is not known: a budget or “Answer now” ends it all the same.",
    "- A begun turn goes on: “Answer now”, hints and budgets cost no second thought.",
    "- Edits as search and replace: 2 of 3 usable, 1 right.",
    "- Its speed is not known: its first answers tell.",
    "- Not found out: can it be told not to? (Ollama ran into a problem)",
    "- Not all was found out: there was no time for the rest.",
    "",
  ]);
  expect(editor.written.get("/home/me/card.md")).toBe(page);
  // No folder is open; it has a name all the same.
  expect(editor.asked).toMatchObject([
    {
      title: "Export this model card (.md or .json)",
      defaultUri: { path: expect.stringMatching(/\/hf\.co-me-thinker-Q4\.model-card\.md$/) },
    },
  ]);
});

it("a card is exported as data where the file is called so", async () => {
  const cards = await knownCards();
  editor.picks = ["Export…"];
  editor.saveAs = "/home/me/card.JSON";
  await cards.show();
  const written = JSON.parse(editor.written.get("/home/me/card.JSON") ?? "");
  expect(written.at).toBe("2026-11-27T12:00:00.000Z");
  expect({ ...written, at: Date.parse(written.at) }).toEqual(card);
});

it("an export that nobody wants writes nothing, and one that cannot be written is told", async () => {
  const cards = await knownCards();
  editor.picks = ["Export…"];
  await cards.show();
  expect(editor.written.size).toBe(0);
  editor.picks = ["Export…"];
  editor.saveAs = "/root/card.md";
  editor.writes = () => {
    throw new Error("EACCES");
  };
  await expect(cards.show()).rejects.toThrow("EACCES");
});
