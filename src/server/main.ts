import { dirname, join } from "node:path";
import {
  ErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { useLanguage } from "../base/l10n";
import {
  type SyntaxContextResult,
  serverRequests,
  type TextContextResult,
  type TextSyntaxResult,
} from "../protocol/language-server";
import { GrammarError, Grammars } from "../syntax/grammars";
import { syntaxContext } from "../syntax/syntax-context";
import { createSyntaxSource } from "../syntax/syntax-source";
import { codeActionKinds, codeActions, isInTest, subjectRange } from "./code-actions";
import { KnownTexts } from "./known-texts";
import { OpenDocument } from "./open-document";
import {
  codeActionParams,
  serverOptions,
  syntaxContextParams,
  textContextParams,
} from "./request-guards";
import { outlineSince, textSyntax } from "./text-syntax";

const connection = createConnection(ProposedFeatures.all);
const warn = (message: string): void => connection.console.warn(message);

let grammarsFolder = join(dirname(process.argv[1] ?? ""), "grammars");
const grammars = new Grammars((name) => join(grammarsFolder, `${name}.wasm.br`), warn);
const documents = new TextDocuments<OpenDocument>({
  create: (uri, languageId, version, text) =>
    new OpenDocument(TextDocument.create(uri, languageId, version, text), grammars, warn),
  update: (document, changes, version) => {
    document.update(changes, version);
    return document;
  },
});
const anyText = createSyntaxSource(grammars, () =>
  documents.all().flatMap(({ standing }) => standing ?? []),
);
const known = new KnownTexts();

connection.onInitialize((params) => {
  const options = serverOptions(params.initializationOptions);
  grammarsFolder = options.grammarsFolder ?? grammarsFolder;
  useLanguage(options.language ?? "en", options.texts);
  return {
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      codeActionProvider: { codeActionKinds },
    },
    serverInfo: { name: "Thinkaloud" },
  };
});

documents.onDidClose(({ document }) => document.close());

/**
 * What there is nothing to say about is null; what goes wrong is told to whoever asked. Logged by
 * name only, never with code.
 */
function answer<Result>(
  name: string,
  read: (params: unknown) => Promise<Result | undefined>,
): (params: unknown) => Promise<Result | null> {
  return async (params) => {
    try {
      return (await read(params)) ?? null;
    } catch (thrown) {
      if (!(thrown instanceof GrammarError)) {
        const detail = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
        connection.console.error(`${name} failed: ${detail}`);
      }
      throw new ResponseError(
        ErrorCodes.InternalError,
        thrown instanceof Error ? thrown.message : String(thrown),
      );
    }
  };
}

connection.onCodeAction(
  answer("codeAction", async (unchecked) => {
    const params = codeActionParams(unchecked);
    if (params === undefined) return undefined;
    const document = documents.get(params.textDocument.uri);
    if (document === undefined) return undefined;
    // The lightbulb needs no tree: it is about the selection or the line then.
    const known = await document.declarations().catch(() => undefined);
    const context =
      known && syntaxContext(known.declarations, known.text, params.range, known.lines);
    const about = subjectRange(params.range, document.text, context);
    return codeActions(params, about, isInTest(params.textDocument.uri, context));
  }),
);

connection.onRequest(
  serverRequests.syntaxContext,
  answer<NonNullable<SyntaxContextResult>>("syntaxContext", async (unchecked) => {
    const params = syntaxContextParams(unchecked);
    const document = params && documents.get(params.uri);
    const found = await document?.declarations();
    if (params === undefined || document === undefined || found === undefined) return undefined;
    const { version, text, declarations, lines } = found;
    const { outline } = declarations;
    const read = { languageId: document.languageId, text, outline };
    const context = syntaxContext(declarations, text, params.range, lines);
    const sent = outlineSince(params.since, read, known);
    return { version, context: { ...context, outline: sent }, text: known.remember(read) };
  }),
);

connection.onRequest(
  serverRequests.textContext,
  answer<NonNullable<TextContextResult>>("textContext", async (unchecked) => {
    const params = textContextParams(unchecked);
    return params && anyText.context(params);
  }),
);

connection.onRequest<TextSyntaxResult, void>(
  serverRequests.textSyntax,
  answer("textSyntax", (unchecked) => textSyntax(unchecked, anyText, known)),
);

documents.listen(connection);
connection.listen();
