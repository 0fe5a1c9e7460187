import { Script } from "node:vm";
import { languageFacts } from "../../base/languages/languages";
import { Lines } from "../../base/text/lines";
import { claimIn, isBalanced, isScriptLiteral } from "./claims";
import { docTexts } from "./doc-texts";
import { mentions } from "./python-examples";

/** One case of a JavaScript or TypeScript file's examples. */
export interface ScriptCase {
  readonly name: string;
  readonly expected: string;
}

/**
 * The examples of a file: their cases, numbered from 0 over all sessions, and for each session the
 * body of a function that runs it.
 */
export interface ScriptExamples {
  readonly cases: readonly ScriptCase[];
  readonly bodies: readonly string[];
}

const definition =
  /^[ \t]*(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:function\s*\*?|class|const|let|var)\s+([\p{L}_$][\p{L}\p{N}_$]*)/gmu;
const example = /^[ \t]*@example\b[^\n]*\n?([\s\S]*?)(?=^[ \t]*@\w|$(?![\s\S]))/gm;
const prompt = /^[ \t]*(?:>>>|>) (.+)\n[ \t]*(?!>)(\S.*)$/gm;
/**
 * `total([1, 2]) // 3`, `// => 3`, `// returns 3` behind an expression, or on a line of its own
 * below it.
 */
const result = /^(.*?)\s*\/\/\s*(?:=>|->|→|⇒|===?|returns:?)?\s*(.+?)\s*$/;
const declaration = /^(?:const|let|var)\s+([\p{L}_$][\p{L}\p{N}_$]*)\s*(?::[^=]+)?=\s*([\s\S]+)$/u;
const printing = /^console\.(?:log|info)\(([\s\S]*)\)$/;

/** What the file defines. */
export function definedInScript(text: string): readonly string[] {
  return [...text.matchAll(definition)].flatMap((match) => match[1] ?? []);
}

/**
 * The examples in a file's comments. What does not compile, or has a result that is no plain value,
 * is passed over.
 */
export function scriptExamples(text: string, languageId: string): ScriptExamples {
  const names = definedInScript(text);
  const cases: ScriptCase[] = [];
  const bodies: string[] = [];
  const add = (session: Session): void => {
    const kept = session.steps.some(({ value }) => value !== undefined);
    const isAbout = names.some((name) => mentions(session.source, name));
    if (!kept || !isAbout) return;
    const found: ScriptCase[] = [];
    const body = session.steps
      .map(({ code, value, name }) => {
        if (value === undefined) return `${code};`;
        found.push({ name: uniqueName(code, [...cases, ...found]), expected: value });
        const call = `await $(${cases.length + found.length - 1},async()=>(${code}),()=>(${value}))`;
        // A value that others stand on has to be there; a case that fails leaves the rest as it is.
        return name === undefined ? `${call}.catch(() => {});` : `const ${name}=${call};`;
      })
      .join(" ");
    if (!compiles(`async ($) => { ${body} }`)) return;
    cases.push(...found);
    bodies.push(body);
  };
  for (const { text: doc } of docTexts(text, languageFacts(languageId))) {
    for (const [, session = ""] of doc.matchAll(example)) add(sessionOf(session));
    const rest = doc.replace(example, "");
    for (const [, call = "", value = ""] of rest.matchAll(prompt))
      if (isScriptLiteral(value)) add({ source: call, steps: [{ code: call, value }] });
    for (const line of Lines.of(rest).bare) {
      const claim = claimIn(line);
      if (claim !== undefined && isScriptLiteral(claim.value))
        add({ source: claim.call, steps: [{ code: claim.call, value: claim.value }] });
    }
  }
  return { cases, bodies };
}

interface Step {
  readonly code: string;
  /** What the code comes to; absent: it is only run. */
  readonly value?: string;
  /** The name that the code's value gets. */
  readonly name?: string;
}

interface Session {
  readonly source: string;
  readonly steps: readonly Step[];
}

/** Reads the code of an `@example` statement by statement. */
function sessionOf(text: string): Session {
  const lines = Lines.of(text)
    .bare.map((line) => line.trim())
    // The names are in scope as they are; and what an example imports from elsewhere is not there.
    .filter((line) => !/^(?:```|~~~|<caption>|import\s|import\{)/.test(line) && line !== "");
  const steps: Step[] = [];
  let code = "";
  for (const line of lines) {
    const [, before = line, value] = result.exec(line) ?? [];
    const known = value !== undefined && isScriptLiteral(value) ? value : undefined;
    code = `${code} ${before}`.trim();
    if (known !== undefined && code === "") {
      // Below the expression that it is the result of.
      const last = steps.pop();
      if (last !== undefined) steps.push(stepOf(last.code, known));
    } else if (code !== "" && isBalanced(code) && (known !== undefined || isWhole(code))) {
      steps.push(stepOf(code, known));
      code = "";
    }
  }
  return { source: text, steps: code === "" ? steps : [] };
}

function stepOf(written: string, value: string | undefined): Step {
  const code = written.replace(/;\s*$/, "");
  if (value === undefined) return { code };
  const [, name, assigned] = declaration.exec(code) ?? [];
  if (name !== undefined && assigned !== undefined) return { code: assigned, value, name };
  return { code: printing.exec(code)?.[1] ?? code, value };
}

function isWhole(code: string): boolean {
  return compiles(`async () => { ${code}\n }`);
}

/** Whether the text is JavaScript. It is read, not run. */
export function compiles(code: string): boolean {
  try {
    new Script(`(${code})`);
    return true;
  } catch {
    return false;
  }
}

function uniqueName(code: string, taken: readonly ScriptCase[]): string {
  const name = code.replace(/\s+/g, " ");
  const same = taken.filter((each) => each.name === name || each.name.startsWith(`${name} (`));
  return same.length === 0 ? name : `${name} (${same.length + 1})`;
}

/**
 * Behind the file's own text, so that what it does not export is in reach too. On a line of its
 * own.
 */
export function examplesTail({ bodies }: ScriptExamples): string {
  const functions = bodies.map((body) => `async ($) => { ${body} }`);
  return `\n;globalThis.thinkaloudExamples = [${functions.join(", ")}];\n`;
}
