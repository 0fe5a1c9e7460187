import { bytes, count, t } from "../../base/l10n";
import { inWords } from "../../base/told-words";
import type { FileFailure } from "../../protocol/failure";
import { askAgain, button, sentence, type WordsOf, words } from "./phrases";

/**
 * What happened to the files of a request or a proposal, or in Thinkaloud itself, and what to do
 * about it.
 */
export const files: WordsOf<FileFailure> = {
  noEditor() {
    return words(
      t("No file is open"),
      t("Open the file that you want help with, put the cursor where it matters, and ask again."),
    );
  },
  fileReadOnly(failure) {
    return words(
      t("{0} cannot be written", failure.path),
      t(
        "The file is read-only, so no edit of it could be kept, and nothing was changed. Make it writable and try again.",
      ),
    );
  },
  fileMissing(failure) {
    return words(
      t("{0} is gone", failure.path),
      t(
        "The file was deleted, moved or never saved, so an edit has no place to go. Bring it back or save it and try again, or ask anew where the code is now.",
      ),
    );
  },
  fileTooLarge(failure) {
    return words(
      t("{0} is too large", failure.path),
      t(
        "It has {0}; Thinkaloud works with files of up to {1}. Move the code that you want help with into a file of its own.",
        bytes(failure.bytes, 1),
        bytes(failure.limitBytes, 1),
      ),
    );
  },
  fileBinary(failure) {
    return words(
      t("{0} is not a text file", failure.path),
      t("Thinkaloud reads and changes text only. Open a source file and ask again."),
    );
  },
  cellMissing(failure) {
    return words(
      t("The cell of {0} is gone", failure.path),
      t(
        "The notebook was closed or the cell was deleted, so an edit has no place to go. Open the notebook and ask again in the cell that you mean.",
      ),
    );
  },
  noPlaceForTests(failure) {
    return failure.because === "unsaved"
      ? words(
          t("{0} was never saved", failure.path),
          t(
            "Tests go into a new file beside the one that they test, and this one is nowhere yet. Save it, then ask again.",
          ),
        )
      : words(
          t("A cell has no file of tests"),
          t(
            "Tests could not import what stands in a cell of {0}. Move the code into a file of its own and ask there, or ask a question to have tests written into the answer.",
            failure.path,
          ),
        );
  },
  documentConflict(failure) {
    return words(
      t("{0} has changed in the same place", failure.path),
      t(
        "You or another program changed the lines that the proposal changes, so nothing was applied and your text is as you left it. Compare the two versions and take over what you want.",
      ),
      button(t("Compare"), "openDiff"),
    );
  },
  undoConflict(failure) {
    return words(
      t("{0} has changed where the accepted edit is", failure.path),
      t(
        "Line {0} is not as the edit left it, so nothing was taken back and your text is as it was. Undo what was changed there since, or take the edit out by hand: the panel shows what was there before.",
        count(failure.line),
      ),
    );
  },
  applyRefused(failure) {
    return words(
      t("The editor did not take the change to {0}", failure.path),
      t(
        "Nothing was changed. Save or close what else is changing the file, then accept again; the proposal waits.",
      ),
      button(t("Open Proposal"), "openDiff"),
    );
  },
  guardedPlace(failure) {
    return words(
      t("{0} is changed only when it is named", failure.path),
      t(
        "{0} Nothing was written. Look at the change, and if you want it, add --guarded “{1}”.",
        inWords(failure.reason),
        failure.path,
      ),
    );
  },
  proposalGone() {
    return words(
      t("This proposal is no longer there"),
      t("It was decided already, or the window was closed since. Ask again to get a new one."),
      askAgain(),
    );
  },
  historyUnwritable(failure) {
    return words(
      t("The reasoning cannot be kept"),
      t(
        "{0} cannot be written: {1} Thinkaloud works on, but this conversation will be gone when the window closes. Make room on the disk or make the folder writable.",
        failure.path,
        sentence(failure.cause),
      ),
    );
  },
  internal() {
    return words(
      t("Thinkaloud made a mistake"),
      t(
        "This is a fault in Thinkaloud, not in your code, and your files are not touched. Try again; the log says what happened and helps us when you report it.",
      ),
      button(t("Show Log"), "showLog"),
    );
  },
};
