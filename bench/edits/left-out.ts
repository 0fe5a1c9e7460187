import { leaveOut, ruleNames } from "../../src/core/edit/rule-list";

/** `npm run bench:edits -- --without RULE`: what falls is what the rule is good for. */
export function leaveOutAsAsked(): void {
  const rules = process.env["EDIT_WITHOUT"]?.split(",") ?? [];
  const all = ruleNames();
  const unknown = rules.find((name) => !all.includes(name));
  if (unknown !== undefined)
    throw new Error(`There is no rule "${unknown}"; there are ${all.join(", ")}.`);
  leaveOut(...rules);
}
