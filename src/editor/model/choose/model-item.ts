import { type QuickPickItem, QuickPickItemKind } from "vscode";
import { t } from "../../../base/l10n";
import type { Connector } from "../../../model-setup/connect/connector";
import type { ModelSetup } from "../../../model-setup/connect/model-setup";
import type { Pulls } from "../../../model-setup/connect/pulls";
import type { Folders } from "../../../model-setup/folders";
import type { ModelSettings } from "../../../model-setup/settings/settings";
import type { Consent } from "../consent";
import type { Credentials } from "../credentials";

/** What the list of models asks to fill its lines, and what picking one of them works with. */
export interface ListParts {
  readonly connector: Connector;
  readonly consent: Consent;
  readonly credentials: Credentials;
  readonly folders: Folders;
  readonly modelSetup: ModelSetup;
  readonly pulls: Pulls;
  settings(): ModelSettings;
  /** What is known of a model from its work here, in words. */
  known(model: string): readonly string[];
}

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
  /** It is the model that answers now. */
  readonly isInUse?: boolean;
  choose?(): Promise<void>;
}

export function separator(label: string): ModelItem {
  return { label, kind: QuickPickItemKind.Separator };
}

/** What is known of a model, on one line. */
export function facts(...each: readonly (string | false | undefined)[]): string {
  return each.filter((fact) => fact).join(" · ");
}

/** How the line of the model that answers now begins, after its icon and name. */
export function inUseWords(isInUse: boolean): string | false {
  return isInUse && t("in use");
}
