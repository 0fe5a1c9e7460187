import { leaveOut } from "../../src/core/edit/rule-list";

/** `npm run bench:edits -- --without RULE`: what falls is what the rule is good for. */
export function leaveOutAsAsked(): void {
  const rules = process.env["EDIT_WITHOUT"];
  if (rules !== undefined) leaveOut(...rules.split(","));
}
