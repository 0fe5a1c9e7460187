import { count, t } from "../../base/l10n";
import type { AnswerFailure } from "../../protocol/failure";
import {
  askAgain,
  button,
  chooseModel,
  duration,
  named,
  openSettings,
  quoted,
  said,
  tryAgain,
  type WordsOf,
  words,
} from "./phrases";

/** What happened while a model read or answered, and what to do about it. */
export const answering: WordsOf<AnswerFailure> = {
  contextOverflow(failure, server) {
    return words(
      t("The request is too long for the model"),
      t(
        "{0}. Select a smaller piece of code, or make thinkaloud.contextTokens no larger than that. Nothing was left out silently: no answer was made.",
        failure.contextTokens === undefined
          ? t("The model cannot read that much at once")
          : t("{0} lets the model read {1} tokens at once", server, failure.contextTokens),
      ),
      openSettings(),
    );
  },
  outOfMemory(failure) {
    return words(
      t("The model does not fit into memory"),
      windowAsked(failure.contextTokens) +
        t(
          "Close what else needs memory, make the window smaller in the settings, or choose a smaller model.",
        ),
      button(t("Choose a Smaller Model"), "chooseModel"),
    );
  },
  serverBusy(failure, server) {
    if (failure.loads)
      return words(
        t("{0} still loads its model", server),
        t("It takes no requests until it has it. Try again in a moment."),
        tryAgain(),
      );
    return words(
      t("{0} is busy", server),
      t("It has more requests than it can take. Try again in a moment."),
      tryAgain(),
    );
  },
  modelCrashed(failure) {
    return words(
      t("The model stopped unexpectedly"),
      t(
        "It says: “{0}”. What it wrote until then is kept. Try again; if it happens again, choose a smaller model.",
        quoted(failure.message),
      ),
      tryAgain(),
      button(t("Choose a Smaller Model"), "chooseModel"),
    );
  },
  requestRejected(failure, server) {
    return words(
      t("{0} did not accept the request", server),
      t(
        "{0} The log has the details.",
        said(failure.message, t("It answered with code {0}.", failure.status)),
      ),
      button(t("Show Log"), "showLog"),
    );
  },
  serverError(failure, server) {
    return words(
      t("{0} ran into a problem", server),
      t(
        "{0} Try again; if it stays, restart it, or tell whoever runs it.",
        said(failure.message, t("It answered with code {0}.", failure.status)),
      ),
      tryAgain(),
    );
  },
  modelReportedError(failure) {
    return words(
      t("The model broke off with an error"),
      t("{0} What it wrote until then is kept.", said(failure.message, t("It did not say which."))),
      tryAgain(),
    );
  },
  streamBroken(failure, server) {
    return words(...brokenStream(failure.how, server), tryAgain());
  },
  repetition(failure) {
    return words(
      t("The model got stuck repeating itself"),
      failure.sample.trim() === ""
        ? t(
            "It wrote blank lines over and over and was stopped. Ask again: it takes another way each time. Small models do this more often.",
          )
        : t(
            "It wrote “{0}” over and over and was stopped. Ask again: it takes another way each time. Small models do this more often.",
            quoted(failure.sample),
          ),
      askAgain(),
    );
  },
  emptyAnswer(failure) {
    return words(
      t("The model answered with nothing"),
      t(
        "{0} ended its answer before the first word. Try again; if it stays so, choose another model: one that was not trained to answer does this.",
        named(failure.model),
      ),
      tryAgain(),
      chooseModel(),
    );
  },
  answerTooLong(failure) {
    return words(
      t("The answer did not come to an end"),
      t(
        "Thinkaloud stopped the model after {0} characters. What it wrote is kept. Ask again, or ask for less at a time.",
        count(failure.limitCharacters),
      ),
      askAgain(),
    );
  },
  silent(failure, server) {
    return words(
      t("The model fell silent"),
      t(
        "Nothing came for {0}, so Thinkaloud gave up; what came until then is kept. {1} may hang, or its computer may have too much to do. Try again.",
        duration(failure.silentMs),
        server,
      ),
      tryAgain(),
    );
  },
};

/** @returns title and remedy. */
function brokenStream(
  how: Extract<AnswerFailure, { kind: "streamBroken" }>["how"],
  server: string,
): readonly [title: string, remedy: string] {
  switch (how) {
    case "ended":
      return [
        t("The answer broke off"),
        t(
          "The model stopped in the middle, without saying that it was done. What it wrote is kept, and no edit is made of half an answer. Try again.",
        ),
      ];
    case "empty":
      return [
        t("No answer came"),
        t(
          "{0} ended its answer before the first word. See that it runs; if a proxy stands between, connect without it. Then try again.",
          server,
        ),
      ];
    case "reset":
      return [
        t("The connection broke"),
        t(
          "{0} closed the connection in the middle of the answer; it may have been stopped or have crashed. What came until then is kept. See that it runs, then try again.",
          server,
        ),
      ];
    case "malformed":
      return [
        t("A part of the answer arrived damaged"),
        t(
          "Some of the model’s text was lost on the way, so no edit is made of it. What came until then is kept. Try again; if a proxy stands between, connect without it.",
        ),
      ];
    default:
      return how satisfies never;
  }
}

/** A sentence with the space behind it, or nothing. */
function windowAsked(contextTokens: number | undefined): string {
  if (contextTokens === undefined) return "";
  return `${t("It was asked for with a window of {0} tokens.", count(contextTokens))} `;
}
