import { compareLines } from "../../../base/text/compare-lines";
import { ruleList } from "../rule-list";
import { scanChanged, scanOf } from "../text/scan-lines";
import { ifAttributeIsGone } from "./attributes";
import { ifCommentIsLeftOfCode, ifCommentIsMixed, ifSetApartIsGone } from "./comments";
import { ifCodeIsCutOff } from "./cut-off";
import {
  ifAsMuchIsGoneAsRepeated,
  ifBlockIsLeft,
  ifCommaIsMissing,
  ifEntryIsTwice,
} from "./entries";
import type { Judged, JudgedCase, Law, Objection } from "./judged-case";
import { ifDeeperThanSaid, ifIndentedOtherwise } from "./layout";
import {
  ifBodyIsTwice,
  ifDeclaredTwice,
  ifNewMoreOftenThanSaid,
  ifTwiceInARow,
  ifVersionIsAdded,
} from "./nothing-doubles";
import {
  ifBodyIsEmptied,
  ifBranchIsLeftAlone,
  ifConflictIsBroken,
  ifDeclarationIsGone,
  ifDirectiveIsLeftOpen,
  ifHeadIsLeftAlone,
  ifValueIsGone,
} from "./nothing-vanishes";
import { OutcomeLines } from "./outcome-lines";
import { ifTornApart, unlessSaidIsThere } from "./said-is-there";
import { ifDotsAreLeft, ifSignIsLeft } from "./sign-left";
import { ifNobodySpokeOf, ifTakenOutUnsaid, ifUnsaidIsThere } from "./spoken-of";
import { ifUsedNameIsGone } from "./still-used";
import { ifClassIsLeft, ifSpacesChange } from "./unsaid-is-kept";

type Rule = (judged: Judged) => Objection | undefined;

/** In the order in which they are told. */
const rules = ruleList<readonly [Law, Rule]>({
  unlessSaidIsThere: ["said is there", unlessSaidIsThere],
  ifSignIsLeft: ["said is there", ifSignIsLeft],
  ifDotsAreLeft: ["said is there", ifDotsAreLeft],
  ifCommentIsLeftOfCode: ["nothing vanishes", unlessQuoted(ifCommentIsLeftOfCode)],
  ifDeclaredTwice: ["nothing doubles", ifDeclaredTwice],
  ifBodyIsTwice: ["nothing doubles", ifBodyIsTwice],
  ifClassIsLeft: ["unsaid is kept", ifClassIsLeft],
  ifTwiceInARow: ["nothing doubles", ifTwiceInARow],
  ifNewMoreOftenThanSaid: ["nothing doubles", ifNewMoreOftenThanSaid],
  ifVersionIsAdded: ["nothing doubles", ifVersionIsAdded],
  ifDeclarationIsGone: ["nothing vanishes", ifDeclarationIsGone],
  ifAttributeIsGone: ["nothing vanishes", unlessQuoted(ifAttributeIsGone)],
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
});

/** A quotation speaks of each line that it takes out or moves. */
function unlessQuoted(rule: Rule): Rule {
  return (judged) => (judged.quoted.length > 0 ? undefined : rule(judged));
}

/** The laws know nothing of how the outcome was made. Linear but for the comparison. */
export function objectionTo(one: JudgedCase): (Objection & { readonly law: Law }) | undefined {
  const { before, after, facts } = one;
  const changes = compareLines(before.lines, after.lines);
  if (changes.length === 0) return undefined;
  scanChanged(before.lines, after.lines, changes, facts);
  const judged: Judged = {
    ...one,
    changes,
    outcome: new OutcomeLines(before.lines, after.lines, changes),
    own: scanOf(before.lines, facts),
    now: scanOf(after.lines, facts),
  };
  for (const [, [law, rule]] of rules()) {
    const found = rule(judged);
    if (found) return { law, ...found };
  }
  return undefined;
}
