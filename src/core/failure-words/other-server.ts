import { t } from "../../base/l10n";
import type { Failure } from "../../protocol/failure";
import { duration, named, quoted, said, type Words } from "./phrases";
import { proxyWords, reachWords } from "./reaching";

/**
 * The words for what a server other than Ollama does, where Ollama's would mislead; undefined where
 * the same words fit both.
 * @param server its name, as the person knows it.
 */
export function wordsForServer(failure: Failure, server: string): Words | undefined {
  const settings = { label: t("Open Settings"), action: "openSettings" } as const;
  const choose = { label: t("Choose Model"), action: "chooseModel" } as const;
  const again = { label: t("Try Again"), action: "retry" } as const;
  switch (failure.kind) {
    case "daemonUnreachable":
      return {
        title: t("{0} does not answer", server),
        remedy: t(
          "{0} at {1}. See whether the server runs and takes connections from your computer, and whether its address in the settings is right.",
          reachWords(failure.cause),
          failure.endpoint,
        ),
        button: settings,
      };
    case "notADaemon":
      return {
        title: t("{0} is not a server of models", server),
        remedy: t(
          'At {0} there is something else ({1}). The address goes up to the version, as in http://127.0.0.1:8000/v1. For Ollama’s own API the entry’s kind has to be "ollama".',
          failure.endpoint,
          quoted(failure.found),
        ),
        button: settings,
      };
    case "forbidden":
      return {
        title: t("{0} refused to talk to Thinkaloud", server),
        remedy: t(
          "{0} takes no requests with the key that you have. Ask whoever runs it, or enter another key.",
          failure.endpoint,
        ),
        button: { label: t("Enter a Key"), action: "enterCredentials" },
      };
    case "credentialsWanted":
      return {
        title: failure.refused ? t("The key is not the right one") : t("{0} wants a key", server),
        remedy: t(
          "Leave the user name empty if you have only a key. It is kept in your editor’s secret store and sent to {0} alone.",
          failure.endpoint,
        ),
        button: { label: t("Enter It"), action: "enterCredentials" },
      };
    case "noChatModel":
      // A base model is one wherever it runs.
      if (failure.baseModel !== undefined) return undefined;
      return {
        title: t("{0} has no model to ask", server),
        remedy: t(
          "What is listed at {0} cannot talk about code. Whoever runs the server decides which model it has.",
          failure.endpoint,
        ),
        button: choose,
      };
    case "modelMissing":
      return {
        title: t("{0} is not there", named(failure.model)),
        remedy: t(
          "{0} does not have it any more, or its name is spelt differently. Choose one that it lists.",
          server,
        ),
        button: choose,
      };
    case "serverBusy":
      return {
        title: t("{0} is busy", server),
        remedy: t("It has more requests than it can take. Try again in a moment."),
        button: again,
      };
    case "requestRejected":
      return {
        title: t("{0} did not accept the request", server),
        remedy: t(
          "{0} The log has the details.",
          said(failure.message, t("It answered with code {0}.", failure.status)),
        ),
        button: { label: t("Show Log"), action: "showLog" },
      };
    case "serverError":
      return {
        title: t("{0} ran into a problem", server),
        remedy: t(
          "{0} Try again; if it stays, tell whoever runs it.",
          said(failure.message, t("It answered with code {0}.", failure.status)),
        ),
        button: again,
      };
    case "contextOverflow":
      return {
        title: t("The request is too long for the model"),
        remedy: t(
          "{0}. Select a smaller piece of code, or make thinkaloud.contextTokens no larger than that. Nothing was left out silently: no answer was made.",
          failure.contextTokens === undefined
            ? t("The model cannot read that much at once")
            : t("{0} lets the model read {1} tokens at once", server, failure.contextTokens),
        ),
        button: settings,
      };
    case "proxyRefused":
      return proxyWords(failure.endpoint, failure.status, server);
    case "streamBroken":
      if (failure.how !== "reset") return undefined;
      return {
        title: t("The connection broke"),
        remedy: t(
          "{0} closed the connection in the middle of the answer. What came until then is kept. Try again.",
          server,
        ),
        button: again,
      };
    case "silent":
      return {
        title: t("The model fell silent"),
        remedy: t(
          "Nothing came for {0}, so Thinkaloud gave up; what came until then is kept. {1} may be overloaded. Try again.",
          duration(failure.silentMs),
          server,
        ),
        button: again,
      };
    default:
      return undefined;
  }
}
