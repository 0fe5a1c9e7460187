import { leaveOut, ruleNames } from "../../src/core/edit/rule-list";

/**
 * `npm run bench:edits -- --without RULE`: what falls is what the rule is good for. Throws where a
 * name is no rule's.
 */
export function leaveOutAsAsked(asked = process.env["EDIT_WITHOUT"]): void {
  if (asked === undefined) return;
  const rules = asked.split(",");
  const unknown = rules.find((name) => !ruleNames().has(name));
  if (unknown !== undefined)
    throw new Error(`There is no rule "${unknown}"; there are ${[...ruleNames()].join(", ")}.`);
  leaveOut(...rules);
}
