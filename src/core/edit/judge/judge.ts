import { compareLines } from "../../../base/text/compare-lines";
import { scanChanged } from "../text/scan-lines";
import { ifAttributeIsGone } from "./attributes";
import {
  ifCommentIsLeftOfCode,
  ifCommentIsMixed,
  ifCommentIsMoved,
  ifSetApartIsGone,
} from "./comments";
import {
  ifAsMuchIsGoneAsRepeated,
  ifBlockIsLeft,
  ifCommaIsMissing,
  ifEntryIsTwice,
} from "./entries";
import type { Change, JudgedCase, Law, Objection } from "./judged-case";
import { ifDeeperThanSaid, ifIndentedOtherwise } from "./layout";
import {
  ifCopied,
  ifDeclaredTwice,
  ifJoinedWithAbove,
  ifNewMoreOftenThanSaid,
  ifTwiceInARow,
  ifVersionIsAdded,
} from "./nothing-doubles";
import {
  ifBodyIsEmptied,
  ifBranchIsLeftAlone,
  ifCodeIsCutOff,
  ifConflictIsBroken,
  ifDeclarationIsGone,
  ifDirectiveIsLeftOpen,
  ifHeadIsLeftAlone,
  ifValueIsGone,
} from "./nothing-vanishes";
import { OutcomeLines } from "./outcome-lines";
import { ifGoneBesideParts, ifTornApart } from "./parts";
import { unlessSaidIsThere } from "./said-is-there";
import { ifDotsAreLeft, ifSignIsLeft } from "./sign-left";
import { ifNobodySpokeOf, ifTakenOutUnsaid, ifUnsaidIsThere } from "./spoken-of";
import { ifUsedNameIsGone } from "./still-used";
import { ifClassIsLeft, ifSpacesChange } from "./unsaid-is-kept";

type Rule = (
  judged: JudgedCase,
  changes: readonly Change[],
  outcome: OutcomeLines,
) => Objection | undefined;

/** In the order in which they are told. */
const rules: Readonly<Record<string, readonly [Law, Rule]>> = {
  unlessSaidIsThere: ["said is there", unlessSaidIsThere],
  ifSignIsLeft: ["said is there", ifSignIsLeft],
  ifDotsAreLeft: ["said is there", ifDotsAreLeft],
  ifCommentIsLeftOfCode: ["nothing vanishes", unlessQuoted(ifCommentIsLeftOfCode)],
  ifDeclaredTwice: ["nothing doubles", ifDeclaredTwice],
  ifClassIsLeft: ["unsaid is kept", ifClassIsLeft],
  ifJoinedWithAbove: ["nothing doubles", ifJoinedWithAbove],
  ifTwiceInARow: ["nothing doubles", ifTwiceInARow],
  ifCopied: ["nothing doubles", unlessQuoted(ifCopied)],
  ifNewMoreOftenThanSaid: ["nothing doubles", ifNewMoreOftenThanSaid],
  ifVersionIsAdded: ["nothing doubles", ifVersionIsAdded],
  ifDeclarationIsGone: ["nothing vanishes", ifDeclarationIsGone],
  ifAttributeIsGone: ["nothing vanishes", unlessQuoted(ifAttributeIsGone)],
  ifGoneBesideParts: ["nothing vanishes", unlessQuoted(ifGoneBesideParts)],
  ifCommentIsMoved: ["said is there", ifCommentIsMoved],
  ifSetApartIsGone: ["nothing vanishes", unlessQuoted(ifSetApartIsGone)],
  ifTornApart: ["said is there", ifTornApart],
  ifBodyIsEmptied: ["nothing vanishes", unlessQuoted(ifBodyIsEmptied)],
  ifValueIsGone: ["nothing vanishes", unlessQuoted(ifValueIsGone)],
  ifCodeIsCutOff: ["nothing vanishes", ifCodeIsCutOff],
  ifBranchIsLeftAlone: ["nothing vanishes", ifBranchIsLeftAlone],
  ifHeadIsLeftAlone: ["nothing vanishes", ifHeadIsLeftAlone],
  ifUsedNameIsGone: ["nothing vanishes", unlessQuoted(ifUsedNameIsGone)],
  ifAsMuchIsGoneAsRepeated: ["nothing vanishes", unlessQuoted(ifAsMuchIsGoneAsRepeated)],
  ifBlockIsLeft: ["nothing vanishes", unlessQuoted(ifBlockIsLeft)],
  ifEntryIsTwice: ["nothing doubles", unlessQuoted(ifEntryIsTwice)],
  ifCommaIsMissing: ["said is there", unlessQuoted(ifCommaIsMissing)],
  ifConflictIsBroken: ["nothing vanishes", ifConflictIsBroken],
  ifDirectiveIsLeftOpen: ["nothing vanishes", unlessQuoted(ifDirectiveIsLeftOpen)],
  ifSpacesChange: ["unsaid is kept", ifSpacesChange],
  ifIndentedOtherwise: ["the layout is the file's", ifIndentedOtherwise],
  ifNobodySpokeOf: ["unsaid is kept", unlessQuoted(ifNobodySpokeOf)],
  ifUnsaidIsThere: ["unsaid is kept", unlessQuoted(ifUnsaidIsThere)],
  ifTakenOutUnsaid: ["nothing vanishes", unlessQuoted(ifTakenOutUnsaid)],
  ifCommentIsMixed: ["nothing doubles", unlessQuoted(ifCommentIsMixed)],
  ifDeeperThanSaid: ["the layout is the file's", unlessQuoted(ifDeeperThanSaid)],
};

/** A quotation speaks of each line that it takes out or moves. */
function unlessQuoted(rule: Rule): Rule {
  return (judged, changes, outcome) =>
    judged.quoted.length > 0 ? undefined : rule(judged, changes, outcome);
}

const leftOut = new Set<string>();

export const ruleNames: readonly string[] = Object.keys(rules);

/** For a bench that counts what each rule is good for. */
export function judgeWithout(rule: string): void {
  leftOut.add(rule);
}

/** The laws know nothing of how the outcome was made. Linear but for the comparison. */
export function objectionTo(judged: JudgedCase): (Objection & { readonly law: Law }) | undefined {
  const changes = compareLines(judged.before.lines, judged.after.lines);
  if (changes.length === 0) return undefined;
  scanChanged(judged.before.lines, judged.after.lines, changes, judged.facts);
  const outcome = new OutcomeLines(judged.before.lines, judged.after.lines, changes);
  for (const [name, [law, rule]] of Object.entries(rules)) {
    const found = leftOut.has(name) ? undefined : rule(judged, changes, outcome);
    if (found) return { law, ...found };
  }
  return undefined;
}
