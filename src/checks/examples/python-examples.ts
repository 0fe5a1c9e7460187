import { escapeRegExp } from "../../base/escape-reg-exp";
import { python } from "../../base/languages/known/python";
import { languageFacts } from "../../base/languages/languages";
import { Lines, withLineFeeds } from "../../base/text/lines";
import { claimIn } from "./claims";
import { docTexts } from "./doc-texts";

/**
 * What the runner is given of one docstring or comment: its text as a session with prompts, or
 * single claims.
 */
export type PythonSession =
  | {
      readonly kind: "prompts";
      readonly text: string;
      /** The docstring as it is written; null for a comment. */
      readonly literal: string | null;
    }
  | {
      readonly kind: "claims";
      readonly claims: readonly { readonly call: string; readonly value: string }[];
    };

const prompt = /^[ \t]*>>> /m;
const prompted = /^[ \t]*>>> (.*(?:\n[ \t]*\.\.\.(?: .*)?$)*)/gm;

/**
 * The examples in a Python file's docstrings and comments. Python itself reads them further, and
 * passes over what it cannot read.
 */
export function pythonSessions(text: string): readonly PythonSession[] {
  const names = definedNames(text);
  return docTexts(text, languageFacts(python.id)).flatMap(
    ({ text: doc, literal = null }): readonly PythonSession[] => {
      if (prompt.test(doc)) return [{ kind: "prompts", text: doc, literal }];
      const claims = Lines.of(doc)
        .bare.flatMap((each) => claimIn(each) ?? [])
        .filter(({ call }) => names.some((name) => mentions(call, name)));
      return claims.length === 0 ? [] : [{ kind: "claims", claims }];
    },
  );
}

/** The code of the examples, statement by statement. */
export function codeIn(sessions: readonly PythonSession[]): readonly string[] {
  return sessions.flatMap((session) => {
    if (session.kind === "claims") return session.claims.map(({ call }) => call);
    const found = withLineFeeds(session.text).matchAll(prompted);
    return [...found].map(([, code = ""]) => code.replace(/^[ \t]*\.\.\. ?/gm, ""));
  });
}

/** What the file defines: an example of anything else says nothing about it. */
export function definedNames(text: string): readonly string[] {
  const found = text.matchAll(
    /^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+([\p{L}_][\p{L}\p{N}_]*)/gmu,
  );
  return [...found].flatMap((match) => match[1] ?? []);
}

export function mentions(code: string, name: string): boolean {
  return new RegExp(`(?<![\\p{L}\\p{N}_$])${escapeRegExp(name)}(?![\\p{L}\\p{N}_$])`, "u").test(
    code,
  );
}
