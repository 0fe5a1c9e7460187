import { type QuickPickItem, QuickPickItemKind } from "vscode";

/** One line in the list of models, and what picking it does. */
export interface ModelItem extends QuickPickItem {
  choose?(): Promise<void>;
}

export function separator(label: string): ModelItem {
  return { label, kind: QuickPickItemKind.Separator };
}
