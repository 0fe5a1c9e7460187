const names = new Set<string>();
const leftOut = new Set<string>();

/** The rules of a list, in its order, but for those that a bench leaves out. */
export type RuleList<Rule> = () => readonly (readonly [name: string, rule: Rule])[];

/** Each rule has one name in all lists: a notice, a plan and a bench call it by that. */
export function ruleList<Rule>(rules: Readonly<Record<string, Rule>>): RuleList<Rule> {
  const all = Object.entries(rules);
  for (const [name] of all) names.add(name);
  return () => (leftOut.size === 0 ? all : all.filter(([name]) => !leftOut.has(name)));
}

/** Of all lists that are loaded. */
export function ruleNames(): readonly string[] {
  return [...names];
}

/** For a bench that counts what a rule is good for; without a name all are in force again. */
export function leaveOut(...rules: readonly string[]): void {
  leftOut.clear();
  for (const name of rules) leftOut.add(name);
}
