import {
  type CodeAction,
  CodeActionTriggerKind,
  type Command,
  env,
  type LogOutputChannel,
  l10n,
  type TextDocument,
  workspace,
} from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  type Middleware,
  RevealOutputChannelOn,
  TransportKind,
} from "vscode-languageclient/node";
import { defined } from "../../base/defined";
import { parseActionArguments } from "../../protocol/action-arguments";
import type { ActionArguments } from "../../protocol/commands";
import type { ServerOptions } from "../../protocol/language-server";
import { cellScheme } from "../documents/notebook-cells";
import { proposalScheme } from "../review/proposal-uris";

export interface SyntaxClientOptions {
  /** Absolute path of the bundled language server. */
  readonly serverModule: string;
  readonly grammarsFolder: string;
  readonly log: LogOutputChannel;
  /** A menu of code actions was asked for, with ours for this place in it. */
  onMenu?(place: ActionArguments): void;
}

/**
 * The editor's client for one life of the server. To read this module and the library that it
 * stands on takes as long as all the rest of the activation, so it is loaded with the first start.
 * @param onClosed the server's process ended.
 */
export function newClient(
  { serverModule, grammarsFolder, log, onMenu }: SyntaxClientOptions,
  onClosed: () => void,
): LanguageClient {
  const initializationOptions: ServerOptions = {
    grammarsFolder,
    language: env.language,
    ...defined({ texts: l10n.bundle }),
  };
  const options: LanguageClientOptions = {
    documentSelector: [{ scheme: "*" }],
    initializationOptions,
    middleware: {
      ...onlyFiles,
      provideCodeActions: async (document, range, context, token, next) => {
        if (!isFile(document)) return [];
        const found = await next(document, range, context, token);
        // The editor also asks at every rest of the cursor, to know whether there is a lightbulb.
        const place = firstPlace(found ?? []);
        if (context.triggerKind === CodeActionTriggerKind.Invoke && place !== undefined)
          onMenu?.(place);
        return found;
      },
    },
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    // Both are handled by whoever keeps the server running: the person hears of it in the status
    // item, not in a dialog.
    initializationFailedHandler: () => false,
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        onClosed();
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    },
  };
  const server = { module: serverModule, transport: TransportKind.ipc };
  return new LanguageClient("thinkaloud", "Thinkaloud", server, options);
}

/** The place that the first of the actions is about. */
function firstPlace(found: readonly (Command | CodeAction)[]): ActionArguments | undefined {
  const places = found.flatMap(({ command }) =>
    typeof command === "object" ? (parseActionArguments(command.arguments?.[0]) ?? []) : [],
  );
  return places[0];
}

/**
 * Other schemes show what is no file of the person's: output, old versions, comments, and our own
 * proposals.
 */
function isFile(document: TextDocument): boolean {
  const scheme = document.uri.scheme;
  if (scheme === "untitled" || scheme === cellScheme) return true;
  return scheme !== proposalScheme && workspace.fs.isWritableFileSystem(scheme) === true;
}

const onlyFiles: Middleware = {
  didOpen: async (document, next) => {
    if (isFile(document)) await next(document);
  },
  didChange: async (event, next) => {
    if (isFile(event.document)) await next(event);
  },
  didClose: async (document, next) => {
    if (isFile(document)) await next(document);
  },
};
