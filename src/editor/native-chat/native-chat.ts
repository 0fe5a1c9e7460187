import * as vscode from "vscode";
import type { Parts } from "../parts";
import { chatParticipant, participantId } from "./chat-participant";
import { ChatProvider, vendor } from "./chat-provider";

/**
 * Our models and our runs in the editor's own chat. Nothing where the editor has none, as some of
 * its relatives.
 */
export function nativeChat({
  connector,
  history,
  session,
}: Pick<Parts, "connector" | "history" | "session">): vscode.Disposable[] {
  const own: vscode.Disposable[] = [];
  if (typeof vscode.lm?.registerLanguageModelChatProvider === "function") {
    const provider = new ChatProvider(connector, () => session.endReadingAhead());
    own.push(provider, vscode.lm.registerLanguageModelChatProvider(vendor, provider));
    const unsubscribe = connector.onSetup(({ kind }) => {
      if (kind !== "ready") return;
      unsubscribe();
      // The chat asks for models only once somebody has asked for ours.
      vscode.lm.selectChatModels({ vendor }).then(undefined, () => {});
    });
    own.push(new vscode.Disposable(unsubscribe));
  }
  if (typeof vscode.chat?.createChatParticipant === "function")
    own.push(vscode.chat.createChatParticipant(participantId, chatParticipant(session, history)));
  return own;
}
