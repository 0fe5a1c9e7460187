/** `export default`, `module.exports.a =` */
const binding =
  /^\s*((?:export\s+(?:default\s+)?)|(?:(?:module\.)?exports(?:\.[\w$]+)?\s*=\s*)|local\s+(?=function\b)|pub(?:\([\w ]*\))?\s+|(?:(?:public|private|protected|internal|static|final)\s+)+)(?=\S)/;
const declared =
  /^(?:async\s+)?(?:abstract\s+)?(?:function\s*\*?|class|const|let|var|interface|type|enum)\s*([\w$]*)/;
/** `public final class` */
const ofType = /^\s*(?:[a-z]+ +)+(?=(?:class|interface|struct|enum) )/;
const isValue = /^(?:async\s+)?(?:function|class)\b/;

/**
 * The head that an answer gives, with the binding of the file's where it gives the very declaration
 * without one: who shows a function by itself does not say that nobody else may call it.
 *
 *     file: export const open = () => 1;     answer: const open = () => 2;         `export` stays
 *     file: exports.open = () => 1;          answer: function open() { return 2; }   `exports.open =` stays
 */
export function withBindingOf(own: string, theirs: string): string {
  // `final class Price`: who gives one method in its class does not speak of the class.
  const type = ofType.exec(own)?.[0];
  if (type !== undefined && own.slice(type.length).trim() === theirs.trim()) return own;
  const bound = binding.exec(own)?.[1];
  if (bound === undefined || binding.test(theirs)) return theirs;
  const ownText = own.trimStart().slice(bound.length);
  const rest = declared.exec(ownText);
  const text = theirs.trimStart();
  const given = declared.exec(text);
  const name = /exports\.([\w$]+)/.exec(bound)?.[1];
  const isSameHead =
    /^[pisf]/.test(bound) && headIn(ownText) !== "" && headIn(ownText) === headIn(text);
  // Nothing but a function or a class is a value, as `default` and `=` want one.
  const mayBeBound = /^export\s+$/.test(bound) || isValue.test(text);
  const isThatOne =
    isSameHead ||
    (given !== null &&
      (given[0] === rest?.[0] ||
        (given[1] !== "" && mayBeBound && [name, rest?.[1]].includes(given[1]))));
  return isThatOne ? theirs.slice(0, theirs.length - text.length) + bound + text : theirs;
}

function headIn(text: string): string {
  return text.slice(0, Math.max(0, text.indexOf("("))).trim();
}

export function withoutBinding(line: string): string {
  const bound = (binding.exec(line) ?? ofType.exec(line))?.[0];
  return bound === undefined ? line : line.slice(bound.length);
}
