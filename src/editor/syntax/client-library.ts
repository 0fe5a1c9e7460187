/**
 * What is used of the language client's library, in a module of its own that is loaded when the
 * server is first needed.
 */
export {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  TransportKind,
} from "vscode-languageclient/node";
