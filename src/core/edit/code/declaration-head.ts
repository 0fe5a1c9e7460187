import type { LanguageFacts } from "../../../base/languages/language";
import { maskAt, type ScannedLine } from "../text/scan-line";

const modifiers =
  '(?:(?:export|default|public|(?:private|protected)(?:\\[\\w+\\])?|internal|case|implicit|lazy|static|abstract|final|sealed|partial|data|open|inner|override|virtual|readonly|declare|async|unsafe|const|extern|inline|local|suspend|expect|actual|operator|infix|tailrec|annotation|value|pub(?:\\s*\\([^)]*\\))?|")\\s+)*';
/** `struct node *make(` gives a function or a variable of that type, and no type. */
const notOfType = "(?!(?:struct|union|enum)\\s+\\w+(?:[\\s*&]+\\w+\\s*[(=;,[)]|\\s*\\*[\\s*]*$))";
const typeHead = new RegExp(
  `^\\s*(?:(?:module\\.)?exports(?:\\.\\w+)?\\s*=\\s*)?${modifiers}${notOfType}(?:class|interface|struct|enum(?:\\s+class)?|trait|record|module|namespace|object|protocol|extension|union|defmodule)\\s+([\\w$.]+)`,
);
const implHead = /^\s*(?:unsafe\s+)?impl\b([^{]*)/;
const callableHead = new RegExp(
  `^\\s*${modifiers}(?:function(?:\\s*\\*)?|func|fn|fun|def|defp|sub)\\s+(?:\\([^)]*\\)\\s*)?(?:self\\.)?([\\w$]+(?:[.:]+[\\w$]+)*(?:[?!]|=(?=\\())?)`,
);
const assignedHead =
  /^\s*(?:export\s+)?(?:default\s+)?(?:(?:const|let|var)\s+|(?:module\.)?exports\.|(?:[\w$]+\.)?prototype\.)?([\w$]+)\s*(?::[^=]+)?=\s*(?:async\s*)?(?:function\b|(?:\((?=[^=]*=>)[^=]*\)|[\w$]+)\s*(?::[^=]+)?=>|\(\{?$)/;
/** `M.join = function(list)` of Lua, `join <- function(list)` of R. */
const namedFunction = /^\s*(?:local\s+)?(?:(?:\w+[.:])*(\w+)\s*=|([\w.]+)\s*<-)\s*function\b/;
const propertyHead = /^\s*(?:async\s+)?["']?([\w$]+)["']?\s*:\s*(?:async\s+)?function\b/;
const beforeMethod = /^[\w$<>[\],.?&*:@\s"]+[\s*&]$/;
const notMethods =
  /(?:^|\s)(?:if|for|while|switch|catch|return|function|new|throw|else|await|yield|super|typeof|sizeof|assert|synchronized|using|lock|do|try|case|match|loop|foreach|elseif|in|of|not|and|or|go|defer|select|when|with|import|const|var|let|export|void\s+0)$/;

const modified = /^(?:public|private|protected|internal|static|abstract|final|override|virtual)\s/;

export interface Head {
  readonly name: string;
  readonly kind: "callable" | "type";
  /** Only a body shows that it is a declaration and no call. */
  readonly loose: boolean;
  /** A word of the language says that it is one: `class`, `def`. */
  readonly isWord?: true;
  /** A function in an assignment, whose body may be an expression. */
  readonly assigned?: true;
}

/** What a line declares, by its code with strings and comments blanked out. */
export function headOf(mask: string, facts: LanguageFacts): Head | undefined {
  const type =
    typeHead.exec(mask)?.[1] ??
    facts.typeHead?.exec(mask)?.[1] ??
    (facts.blocks === "brace" ? implemented(mask) : undefined);
  if (type !== undefined) return { name: type, kind: "type", loose: false, isWord: true };
  const callable = callableHead.exec(withoutTypeLists(mask))?.[1];
  if (callable !== undefined) {
    const name = callable.split(/[.:]/).pop() ?? callable;
    return { name, kind: "callable", loose: false, isWord: true };
  }
  const [, ended, given] = namedFunction.exec(mask) ?? [];
  const named = given ?? (facts.blocks === "end" ? ended : undefined);
  if (named !== undefined) return { name: named, kind: "callable", loose: false, isWord: true };
  if (facts.blocks !== "brace") return undefined;
  const property = facts.regexLiterals ? propertyHead.exec(mask)?.[1] : undefined;
  if (property !== undefined) return { name: property, kind: "callable", loose: true };
  const assigned = assignedHead.exec(mask)?.[1];
  if (assigned !== undefined)
    return { name: assigned, kind: "callable", loose: false, assigned: true };
  const method = methodIn(mask);
  if (method === undefined) return undefined;
  const { name, before } = method;
  // Behind a modifier even `with` and `match` are names.
  if (notMethods.test(` ${name}`) && !modified.test(before)) return undefined;
  if (
    /(?:^|\s)(?:return|new|throw|else|await|case|yield|if|for|while|until|unless|switch|match|catch|when|with|defer|go|in|of|do|try|not|and|or|=>)(?:\s|$)/.test(
      before,
    ) ||
    /[.]$/.test(before)
  )
    return undefined;
  return { name, kind: "callable", loose: true };
}

/** The type of an `impl`: `Pile` in `impl<T> Heap<T> for Pile<T>` and in `impl Pile`. */
function implemented(mask: string): string | undefined {
  const rest = implHead.exec(mask)?.[1];
  if (rest === undefined) return undefined;
  const name =
    /\bfor\s+&?((?:\w+::)*\w+)/.exec(rest)?.[1] ??
    /^\s*&?((?:\w+::)*\w+)/.exec(behindTypeList(rest))?.[1];
  return name?.split("::").pop();
}

/** `fun <T> List<T>?.first(` of Kotlin as `fun List.first(`. */
function withoutTypeLists(mask: string): string {
  const word = /\bfun\s+/.exec(mask);
  const open = mask.indexOf("(", word?.index);
  if (word === null || open < 0) return mask;
  const end = word.index + word[0].length;
  let types = mask.slice(end, open).trimStart();
  let head = "";
  for (let at = types.indexOf("<"); at >= 0; at = types.indexOf("<")) {
    head += types.slice(0, at);
    types = behindTypeList(types.slice(at)).trimStart();
  }
  return mask.slice(0, end) + (head + types).replace(/\?(?=\.)/g, "") + mask.slice(open);
}

function behindTypeList(text: string): string {
  const list = text.trimStart();
  if (!list.startsWith("<")) return text;
  let depth = 0;
  for (let at = 0; at < list.length; at++) {
    if (list[at] === "<") depth++;
    else if (list[at] === ">" && list[at - 1] !== "-" && --depth === 0) return list.slice(at + 1);
  }
  return "";
}

/** `at` in `static List<T> at<T>(`, step by step, as one pattern would take quadratic time. */
function methodIn(mask: string): { readonly name: string; readonly before: string } | undefined {
  const open = mask.indexOf("(");
  if (open < 0) return undefined;
  const head = mask.slice(0, open).trimEnd();
  const types = head.endsWith(">") ? head.lastIndexOf("<") : head.length;
  if (types < 0) return undefined;
  const named = head.slice(0, types).trimEnd();
  const name = /(?<![~\w$#])[~\w$#]+$/.exec(named)?.[0];
  if (name === undefined) return undefined;
  // `Pile::push(`, as C++ defines a member outside of its class.
  const before = named.slice(0, named.length - name.length).replace(/(?<!\w|\w::)(?:\w+::)+$/, "");
  return before.trim() === "" || beforeMethod.test(before)
    ? { name, before: before.trim() }
    : undefined;
}

/** Other languages than scripts have words there. */
const scriptBody = /^[{:]/;
const bodyOrWord = /^(?:[{:]|->|[A-Za-z_])/;
/** On the next line any word may begin another statement. */
const bodyBelow =
  /^(?:[{:]|->|(?:const|final|mutable|noexcept|override|requires|rethrows|throws|try|volatile|where)\b)/;

/** A call goes on otherwise, or is followed by a block that is not its own. */
export function hasOwnBody(
  scanned: readonly ScannedLine[],
  head: number,
  facts: LanguageFacts,
): boolean {
  let depth = 0;
  // An arrow behind a name alone is a case: `Circle(r) => r * r`.
  const isTyped = /^\s*[\w<>[\],.?]+\s+\S.*\(/.test(maskAt(scanned, head));
  for (let at = head; at < scanned.length; at++) {
    const mask = maskAt(scanned, at);
    for (let column = 0; column < mask.length; column++) {
      if ("([".includes(mask.charAt(column))) depth++;
      else if (")]".includes(mask.charAt(column))) depth--;
      else continue;
      if (depth > 0 || mask[column] !== ")") continue;
      const rest = mask.slice(column + 1).trim();
      let below = at + 1;
      while (below < scanned.length && scanned[below]?.kind !== "code") below++;
      const body = rest === "" ? maskAt(scanned, below).trim() : rest;
      if (facts.regexLiterals) return scriptBody.test(body);
      if (body.startsWith("=>")) return isTyped;
      return (rest === "" ? bodyBelow : bodyOrWord).test(body);
    }
  }
  return false;
}

/** The type that a method of Go belongs to, and `self` of one of Ruby that is the class's own. */
export function receiverOf(head: string): { receiver: string } | undefined {
  const method = /^\s*(?:func\s*\(\s*(?:\w+\s+)?(?:\*\s*)?|def\s+(?=self\.))(\w+)/.exec(head);
  return method?.[1] === undefined ? undefined : { receiver: method[1] };
}

/** A head as heads are compared: without its blanks, and what opens its body. */
export function bareHead(line: string): string {
  return line.replace(/\s+/g, "").replace(/(?<![;{:])[;{:]+$/, "");
}
