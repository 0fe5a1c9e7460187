import {
  type QuickInputButton,
  type QuickPickItem,
  QuickPickItemKind,
  ThemeIcon,
  window,
} from "vscode";

/** A small button on a line of the list. */
export interface ItemAction {
  /** Name of an icon of the editor. */
  readonly icon: string;
  readonly tooltip: string;
  run(): Promise<void>;
}

/** One line in the list of models, and what picking it does. */
export interface ModelItem extends QuickPickItem {
  readonly actions?: readonly ItemAction[];
  choose?(): Promise<void>;
}

export function separator(label: string): ModelItem {
  return { label, kind: QuickPickItemKind.Separator };
}

/** What is known of a model, on one line. */
export function facts(...each: readonly (string | false | undefined)[]): string {
  return each.filter((fact) => fact).join(" · ");
}

/**
 * Shows a list that fills when it is there.
 * @returns what to do then, the picked line's or the pressed button's; undefined when the person
 * left.
 */
export async function pickItem(
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
    pick.items = (await items).map((item) => {
      const buttons = (item.actions ?? []).map((action) => {
        const button = { iconPath: new ThemeIcon(action.icon), tooltip: action.tooltip };
        actions.set(button, action);
        return button;
      });
      return buttons.length === 0 ? item : { ...item, buttons };
    });
    pick.busy = false;
    return await picked;
  } finally {
    pick.dispose();
  }
}
