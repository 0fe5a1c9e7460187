import { count, plural, t } from "../base/l10n";
import type { Check, CheckCase } from "../protocol/checks";

/** A call that comes to something else with an edit. */
export interface ChangedCall {
  readonly name: string;
  readonly before: CheckCase;
  readonly after: CheckCase;
}

/** How many calls could be compared, and those that come to something else with the edit. */
export function compareBehaviour({ before, after }: Check): {
  readonly compared: number;
  readonly changed: readonly ChangedCall[];
} {
  const now = new Map(after?.cases.map((each) => [each.name, each]));
  const both = (before?.cases ?? []).flatMap((was): readonly ChangedCall[] => {
    const is = now.get(was.name);
    if (is === undefined || was.state === "broken" || is.state === "broken") return [];
    return [{ name: was.name, before: was, after: is }];
  });
  const changed = both.filter((each) => !isSame(each));
  return { compared: both.length, changed };
}

function isSame({ before, after }: ChangedCall): boolean {
  return before.state === after.state && before.got === after.got;
}

/** Gave a result before, and raises or has no end now. */
export function lostResult({ before, after }: ChangedCall): boolean {
  return before.state === "passed" && after.state === "failed";
}

/**
 * What an edit does to what the code does: "does the same as before on 24 inputs", "differs from
 * before on 3 of 24 inputs".
 */
export function behaviourWords(check: Check): string {
  const { compared, changed } = compareBehaviour(check);
  if (compared === 0) return t("what it does: nothing could be told");
  const all = count(compared);
  if (changed.length === 0)
    return plural(
      compared,
      t("does the same as before on {0} input", all),
      t("does the same as before on {0} inputs", all),
    );
  const words = plural(
    compared,
    t("differs from before on {0} of {1} input", count(changed.length), all),
    t("differs from before on {0} of {1} inputs", count(changed.length), all),
  );
  const lost = changed.filter(lostResult).length;
  return lost === 0 ? words : words + t(", {0} now without a result", count(lost));
}
