import type { Seeded } from "../../../test/core/edit/support/seeded";
import type { ReadFile } from "./units";

const flips: Readonly<Record<string, string>> = {
  "===": "!==",
  "!==": "===",
  "==": "!=",
  "!=": "==",
  "<=": "<",
  ">=": ">",
  "&&": "||",
  "||": "&&",
  true: "false",
  false: "true",
  True: "False",
  False: "True",
  min: "max",
  max: "min",
};

export function tokenChanged(read: ReadFile, at: number, random: Seeded): string | undefined {
  const line = read.file.lines[at] ?? "";
  const code = read.code?.[at] ?? line;
  // Another name of a declaration is another declaration, unless the answer says more than the
  // declaration itself.
  const named = read.units.filter((unit) => unit.nameLine === at);
  if (named.length > 0 && /^s?css$/.test(read.file.facts.id)) return undefined;
  const spots: { start: number; end: number; text: string }[] = [];
  for (const match of code.matchAll(
    /===|!==|==|!=|<=|>=|&&|\|\||\b(?:true|false|True|False|min|max)\b/g,
  )) {
    const flipped = flips[match[0]];
    if (flipped !== undefined)
      spots.push({ start: match.index, end: match.index + match[0].length, text: flipped });
  }
  for (const match of code.matchAll(/(?<![\w.#])\d+(?![\w.])/g)) {
    spots.push({
      start: match.index,
      end: match.index + match[0].length,
      text: String(Number(match[0]) + 1 + random.below(3)),
    });
  }
  for (const match of code.matchAll(/(?<![\w$#&@-])[A-Za-z_][\w]{3,}/g)) {
    if (keyword.test(match[0]) || named.some((unit) => unit.name.includes(match[0]))) continue;
    // The name of a tag stands in two places.
    if (isMarkup(read) && /[</:]$/.test(line.slice(0, match.index))) continue;
    spots.push({
      start: match.index,
      end: match.index + match[0].length,
      text: `${match[0]}${random.pick(["2", "Value", "_new", "s"])}`,
    });
  }
  // Words in strings are data, and a fix often changes them.
  for (const match of line.matchAll(/(?<=["'` >])[a-z]{4,}(?=["'` <])/g)) {
    if (
      (code[match.index] ?? "") === "\u00b7" ||
      read.file.facts.units === "none" ||
      read.file.facts.script !== undefined
    ) {
      spots.push({
        start: match.index,
        end: match.index + match[0].length,
        text: random.pick(["other", "changed", `${match[0]}s`]),
      });
    }
  }
  if (spots.length === 0) return undefined;
  const spot = random.pick(spots);
  return line.slice(0, spot.start) + spot.text + line.slice(spot.end);
}

function isMarkup({ file }: ReadFile): boolean {
  return file.facts.id === "html" || file.facts.id === "xml" || file.facts.script !== undefined;
}

const keyword =
  /^(?:function|return|const|else|elif|class|struct|static|public|private|protected|void|this|self|while|switch|case|break|continue|import|from|export|default|extends|implements|interface|package|using|namespace|template|typename|async|await|yield|throw|throws|raise|catch|finally|except|with|lambda|pass|None|null|true|false|True|False|undefined|typeof|instanceof|super|begin|then|elsif|unless|until|local|foreach|echo|match|impl|trait|enum|type|func|defer|range|chan|select|override|open|final|abstract|internal|companion|object|data|sealed|require|module|include|define|ifdef|ifndef|endif|pragma|where|mutating|protocol|extension|guard|init|deinit|inout|int|char|long|short|float|double|bool|boolean|unsigned|signed|string|auto|var|let|val|fun|def|end|not|and|shift|goto|when|unsafe|crate|move|static_assert|sizeof|typedef|volatile|inline|extern|register|union|explicit|friend|virtual|operator|delete|noexcept|constexpr|decltype)$/;

export function wordChanged(line: string, random: Seeded): string | undefined {
  const words = [...line.matchAll(/(?<![\w@\\{<./:`"'-])[a-z]{3,}(?![\w}>:/(`"'-])/g)];
  if (words.length === 0) return undefined;
  const word = random.pick(words);
  const fresh = random.pick([
    "really",
    "certain",
    "usual",
    "former",
    "newest",
    `${word[0]} always`,
  ]);
  return fresh === word[0]
    ? undefined
    : line.slice(0, word.index) + fresh + line.slice(word.index + word[0].length);
}

export function wordy(line: string): boolean {
  return line.replace(/[^A-Za-z]/g, "").length >= 3;
}
