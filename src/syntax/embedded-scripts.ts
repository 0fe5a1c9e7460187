import { javascript } from "../base/languages/known/script";
import { languageById, languageNamed } from "../base/languages/languages";

/**
 * Code that a grammar reads; everything else of the file is blank in it, so that every place is
 * where it was.
 */
export interface Code {
  readonly languageId: string;
  readonly text: string;
  /** Parts of the file are blank: that nothing is wrong in the code says nothing about these. */
  readonly isPart: boolean;
}

/**
 * The code of a file: the file itself, or the scripts that are in it. Undefined for markup without
 * any.
 */
export function codeOf(languageId: string, text: string): Code | undefined {
  if (languageById(languageId)?.scripts !== true) return { languageId, text, isPart: false };
  const scripts = scriptsIn(text);
  if (scripts.length === 0) return undefined;
  let code = "";
  let at = 0;
  for (const { start, end } of scripts) {
    code += blank(text.slice(at, start)) + text.slice(start, end);
    at = end;
  }
  const typed = scripts.find((script) => script.languageId !== javascript.id);
  return {
    languageId: typed?.languageId ?? javascript.id,
    text: code + blank(text.slice(at)),
    isPart: true,
  };
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, " ");
}

interface Script {
  readonly languageId: string;
  readonly start: number;
  readonly end: number;
}

function scriptsIn(text: string): Script[] {
  const scripts: Script[] = [];
  const opening = /<(script|style)(?=[\s>])/iy;
  for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at)) {
    if (text.startsWith("<!--", at)) {
      const end = text.indexOf("-->", at + 4);
      if (end < 0) break;
      at = end;
      continue;
    }
    opening.lastIndex = at;
    const name = opening.exec(text)?.[1];
    if (name === undefined) {
      at++;
      continue;
    }
    const start = endOfTag(text, at);
    const isScript = name.toLowerCase() === "script";
    const closing = isScript ? /<\/script/gi : /<\/style/gi;
    closing.lastIndex = start;
    const end = closing.exec(text)?.index;
    if (end === undefined) break;
    const languageId = isScript ? languageOfScript(text.slice(at, start)) : undefined;
    if (languageId !== undefined) scripts.push({ languageId, start, end });
    at = end;
  }
  return scripts;
}

/**
 * Behind the `>` of a tag; one in an attribute's quotes is none:
 * `generic="T extends Map<string, U>"`.
 */
function endOfTag(text: string, start: number): number {
  let quote = "";
  for (let at = start; at < text.length; at++) {
    const letter = text.charAt(at);
    if (quote !== "") {
      if (letter === quote) quote = "";
    } else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === ">") return at + 1;
  }
  return text.length;
}

const langAttribute = /\slang=["']?(\w*)/i;
const typeAttribute = /\stype=["']?([\w/+.-]*)/i;
const programTypes =
  /^(?:|module|(?:text|application)\/(?:x-)?(?:java|ecma)script|text\/(?:babel|jsx))$/i;

/** Undefined for what is no program: data, import maps, templates. */
function languageOfScript(tag: string): string | undefined {
  const named = languageNamed(langAttribute.exec(tag)?.[1]?.toLowerCase() ?? "");
  const isScript = named?.linksWith === javascript.linksWith && named?.grammar !== undefined;
  if (isScript) return named.id;
  return programTypes.test(typeAttribute.exec(tag)?.[1] ?? "") ? javascript.id : undefined;
}
