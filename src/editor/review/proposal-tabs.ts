import { type Tab, TabInputTextDiff, type Uri, window, workspace } from "vscode";
import { t } from "../../base/l10n";
import { type ProposalPlace, proposalPlace, proposalScheme } from "./proposal-uris";

/** Settings that make the editor change a text while it saves it. */
const savingChanges = [
  "files.trimTrailingWhitespace",
  "files.insertFinalNewline",
  "files.trimFinalNewlines",
  "editor.formatOnSave",
];

/**
 * The proposal's file whose review is in front, if one is: of several in one editor, the one the
 * cursor is in.
 */
export function activeProposalPlace(): ProposalPlace | undefined {
  const tab = window.tabGroups.activeTabGroup.activeTab;
  if (tab?.input instanceof TabInputTextDiff) return proposalPlace(tab.input.modified);
  const document = window.activeTextEditor?.document;
  return document === undefined ? undefined : proposalPlace(document.uri);
}

/** Whether a review of a proposal is in front. */
export function isReviewActive(): boolean {
  const tab = window.tabGroups.activeTabGroup.activeTab;
  return tab !== undefined && (proposalIdOf(tab) !== undefined || isChangesTab(tab));
}

/**
 * The title of the editor that shows all files of a proposal; the editor adds how many, and does
 * not tell what such a tab holds.
 */
export const changesTitle = (): string => t("All files of Thinkaloud's proposal");

function isChangesTab(tab: Tab): boolean {
  return !(tab.input instanceof TabInputTextDiff) && tab.label.startsWith(changesTitle());
}

/** The proposals of which a review is open. */
export function shownProposals(): ReadonlySet<string> {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  return new Set(tabs.flatMap((tab) => proposalIdOf(tab) ?? []));
}

/**
 * Closes the reviews of a proposal. What the person changed in them must have been taken before.
 */
export async function closeProposalTabs(proposalId: string): Promise<void> {
  const tabs = window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter((tab) => proposalIdOf(tab) === proposalId || isChangesTab(tab));
  // A tab with unsaved text would ask the person what to do with it.
  for (const document of workspace.textDocuments) {
    if (document.isDirty && proposalPlace(document.uri)?.proposalId === proposalId)
      await document.save();
  }
  if (tabs.length > 0) await window.tabGroups.close(tabs, true);
}

/** The text of a proposal's document as it stands in the editor; undefined when it is not open. */
export function openProposalText(uri: Uri): string | undefined {
  return workspace.textDocuments.find((each) => each.uri.toString() === uri.toString())?.getText();
}

/**
 * Saves a proposal's document whenever the person changes it, into memory, so that its tab never
 * asks. Not where saving itself would change the text: then the tab shows that it is unsaved, and
 * what is accepted is what is seen.
 */
export function keepProposalsSaved(): { dispose(): void } {
  return workspace.onDidChangeTextDocument(({ document }) => {
    if (document.uri.scheme !== proposalScheme || !document.isDirty) return;
    const configuration = workspace.getConfiguration(undefined, document);
    const onSave =
      Object.keys(configuration.get<object>("editor.codeActionsOnSave") ?? {}).length > 0;
    if (onSave || savingChanges.some((setting) => configuration.get(setting) === true)) return;
    // A document that was closed at this moment cannot be saved, and need not be.
    document.save().then(undefined, () => {});
  });
}

function proposalIdOf(tab: Tab): string | undefined {
  return tab.input instanceof TabInputTextDiff
    ? proposalPlace(tab.input.modified)?.proposalId
    : undefined;
}
