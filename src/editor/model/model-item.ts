import { type QuickPickItem, QuickPickItemKind } from "vscode";

/** One line in the list of models, and what picking it does. */
export interface ModelItem extends QuickPickItem {
  choose?(): Promise<void>;
}

export function separator(label: string): ModelItem {
  return { label, kind: QuickPickItemKind.Separator };
}

/** What is known of a model, on one line. */
export function facts(...each: readonly (string | false | undefined)[]): string {
  return each.filter((fact) => fact).join(" · ");
}
