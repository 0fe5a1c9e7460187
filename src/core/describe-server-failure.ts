import type { Failure, FailureReport } from "../protocol/failure";
import { duration, quoted, said } from "./failure-phrases";

type Words = Omit<FailureReport, "failure">;

/**
 * The words for what a server other than Ollama does, where Ollama's would mislead; undefined where the same words fit both.
 * @param server its name, as the person knows it.
 * @param reached the beginning of a sentence that goes on with the address, for a server that does not answer.
 */
export function wordsForServer(
  failure: Failure,
  server: string,
  reached: (cause: string) => string,
): Words | undefined {
  const settings = { label: "Open Settings", action: "openSettings" } as const;
  const choose = { label: "Choose Model", action: "chooseModel" } as const;
  const again = { label: "Try Again", action: "retry" } as const;
  switch (failure.kind) {
    case "daemonUnreachable":
      return {
        title: `${server} does not answer`,
        remedy: `${reached(failure.cause)} at ${failure.endpoint}. See whether the server runs and takes connections from your computer, and whether its address in the settings is right.`,
        button: settings,
      };
    case "notADaemon":
      return {
        title: `${server} is not a server of models`,
        remedy: `At ${failure.endpoint} there is something else (${quoted(failure.found)}). The address goes up to the version, as in http://127.0.0.1:8000/v1. For Ollama’s own API the entry’s kind has to be "ollama".`,
        button: settings,
      };
    case "forbidden":
      return {
        title: `${server} refused to talk to Thinkaloud`,
        remedy: `${failure.endpoint} takes no requests with the key that you have. Ask whoever runs it, or enter another key.`,
        button: { label: "Enter a Key", action: "enterCredentials" },
      };
    case "credentialsWanted":
      return {
        title: failure.refused ? "The key is not the right one" : `${server} wants a key`,
        remedy: `Leave the user name empty if you have only a key. It is kept in your editor’s secret store and sent to ${failure.endpoint} alone.`,
        button: { label: "Enter It", action: "enterCredentials" },
      };
    case "noChatModel":
      return {
        title: `${server} has no model to ask`,
        remedy: `What is listed at ${failure.endpoint} cannot talk about code. Whoever runs the server decides which model it has.`,
        button: choose,
      };
    case "modelMissing":
      return {
        title: `${failure.model === "" ? "This model" : failure.model} is not there`,
        remedy: `${server} does not have it any more, or its name is spelt differently. Choose one that it lists.`,
        button: choose,
      };
    case "serverBusy":
      return {
        title: `${server} is busy`,
        remedy: "It has more requests than it can take. Try again in a moment.",
        button: again,
      };
    case "requestRejected":
      return {
        title: `${server} did not accept the request`,
        remedy: `${said(failure.message, `It answered with code ${failure.status}.`)} The log has the details.`,
        button: { label: "Show Log", action: "showLog" },
      };
    case "serverError":
      return {
        title: `${server} ran into a problem`,
        remedy: `${said(failure.message, `It answered with code ${failure.status}.`)} Try again; if it stays, tell whoever runs it.`,
        button: again,
      };
    case "contextOverflow":
      return {
        title: "The request is too long for the model",
        remedy: `${failure.contextTokens === undefined ? "The model cannot read that much at once" : `${server} lets the model read ${failure.contextTokens} tokens at once`}. Select a smaller piece of code, or make thinkaloud.contextTokens no larger than that. Nothing was left out silently: no answer was made.`,
        button: settings,
      };
    case "streamBroken":
      if (failure.how !== "reset") return undefined;
      return {
        title: "The connection broke",
        remedy: `${server} closed the connection in the middle of the answer. What came until then is kept. Try again.`,
        button: again,
      };
    case "silent":
      return {
        title: "The model fell silent",
        remedy: `Nothing came for ${duration(failure.silentMs)}, so Thinkaloud gave up. ${server} may be overloaded. Try again.`,
        button: again,
      };
    default:
      return undefined;
  }
}
