import { languageNamed, wordsOf } from "../../../base/languages/languages";
import { plainTextId } from "../../../base/languages/plain-text-id";

/** What is shown of a running program: never code of a file, but of one that keeps just that. */
const shown = new Set(
  wordsOf(`console output stdout stderr terminal shell-session shellsession log logs trace traceback
    ansi tree result results pycon python-repl doctest sh-session bash-session powershell-session
    diff patch udiff stacktrace error errors`),
);

/** A fence without a name, or with one that nobody knows, can hold code of any file. */
export function languagesAgree(fence: string, languageId: string): boolean {
  const name = fence.toLowerCase();
  const file = languageId.toLowerCase();
  if (name === "" || name === file) return true;
  if (shown.has(name)) return false;
  const theirs = languageNamed(name);
  const ours = languageNamed(file);
  if (theirs === undefined || theirs.id === plainTextId || theirs === ours) return true;
  // Of a language that is not in the table, only commands to run are surely none of its code.
  if (ours === undefined) return theirs.commands !== true;
  const held = wordsOf(ours.holds);
  const families = wordsOf(ours.families);
  return (
    held.includes("*") ||
    held.includes(theirs.id) ||
    wordsOf(theirs.families).some((family) => families.includes(family))
  );
}
