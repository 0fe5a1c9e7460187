import { type QuickInputButton, ThemeIcon, window } from "vscode";
import { t } from "../../../base/l10n";
import { knownGraphicsCard } from "../../../model-setup/engine/graphics-memory";
import { modelBudgetBytes, readMemory } from "../../../model-setup/models/memory";
import { addServer } from "./add-server";
import { engineItems } from "./engine-items";
import { fetchItems } from "./fetch-items";
import { type ItemAction, type ListParts, type ModelItem, separator } from "./model-item";
import { serverItems } from "./server-items";

/**
 * Lets the person pick a model: of a server, of the built-in engine, one to get, or a file of their
 * own.
 * @returns the name of a model that was picked and answers now.
 */
export async function pickModel(parts: ListParts): Promise<string | undefined> {
  const then = await pickItem(
    t("Thinkaloud: Choose Model"),
    t("The model that answers from now on"),
    listAll(parts),
  );
  const before = parts.settings().model;
  await then?.();
  const { model } = parts.settings();
  return model === "" || model === before ? undefined : model;
}

async function listAll(parts: ListParts): Promise<ModelItem[]> {
  const card = await knownGraphicsCard();
  const room = { memoryBytes: modelBudgetBytes(readMemory()), graphicsBytes: card?.bytes };
  const servers = await serverItems(parts, room);
  return [
    ...servers.items,
    ...fetchItems(parts.pulls, servers.namesInOllama, room),
    {
      label: `$(add) ${t("Another server…")}`,
      description: t("vLLM, SGLang, llama.cpp, LM Studio, LiteLLM, or another Ollama"),
      choose: async () => {
        if (await addServer(parts)) await pickModel(parts);
      },
    },
    separator(t("Built-in engine")),
    ...engineItems(parts, room.memoryBytes, card),
  ];
}

/**
 * Shows a list that fills when it is there.
 * @returns what to do then, the picked line's or the pressed button's; undefined when the person
 * left.
 */
async function pickItem(
  title: string,
  placeholder: string,
  items: Promise<readonly ModelItem[]>,
): Promise<(() => Promise<void>) | undefined> {
  const pick = window.createQuickPick<ModelItem>();
  pick.title = title;
  pick.placeholder = placeholder;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.busy = true;
  const actions = new Map<QuickInputButton, ItemAction>();
  try {
    pick.show();
    const picked = new Promise<(() => Promise<void>) | undefined>((resolve) => {
      pick.onDidAccept(() => {
        const [item] = pick.selectedItems;
        resolve(
          item?.choose === undefined ? undefined : () => item.choose?.() ?? Promise.resolve(),
        );
      });
      pick.onDidHide(() => resolve(undefined));
      pick.onDidTriggerItemButton(({ button }) => {
        const action = actions.get(button);
        resolve(action === undefined ? undefined : () => action.run());
      });
    });
    const lines = (await items).map((item) => {
      const buttons = (item.actions ?? []).map((action) => {
        const button = { iconPath: new ThemeIcon(action.icon), tooltip: action.tooltip };
        actions.set(button, action);
        return button;
      });
      return buttons.length === 0 ? item : { ...item, buttons };
    });
    pick.items = lines;
    pick.activeItems = lines.filter(({ isInUse }) => isInUse);
    pick.busy = false;
    return await picked;
  } finally {
    pick.dispose();
  }
}
