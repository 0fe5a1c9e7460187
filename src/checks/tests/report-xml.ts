import type { CheckCase } from "../../protocol/checks";
import { plainText } from "../process/plain-output";
import { caseOf } from "./test-lines";

/** One tag, or the text between two. What is in quotes may hold anything. */
const piece =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<(\/?)([\w:.-]+)((?:[^"'>]|"[^"]*"|'[^']*')*?)(\/?)>|([^<]+)/g;

/** An element of a report, as far as it tells of a test. */
interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/**
 * The tests that a report tells of: JUnit's form, as Maven and Gradle write it, and Microsoft's (`.trx`). A test that was passed over
 * is none. What is no such report tells of none.
 */
export function reportedTests(xml: string): readonly CheckCase[] {
  const found: CheckCase[] = [];
  for (const element of elementsIn(xml, new Set(["testcase", "UnitTestResult"]))) {
    const each = element.name === "testcase" ? junitCase(element) : trxCase(element);
    if (each !== undefined) found.push(each);
  }
  return found;
}

/** `<testcase name="divides()" classname="shop.NetTest"><failure message="…">the way to it</failure></testcase>` */
function junitCase({ attributes, children }: Element): CheckCase | undefined {
  const { name = "", classname = "" } = attributes;
  if (children.some((each) => each.name === "skipped")) return undefined;
  const failure = children.find((each) => each.name === "failure" || each.name === "error");
  const way = failure?.text.trim() ?? "";
  // An assertion says it all; of anything else its kind says the most.
  const thrown = way.split(/\n\s*at /, 1)[0] ?? "";
  const message = failure?.name === "failure" ? (failure.attributes["message"] ?? thrown) : thrown;
  const test = name.replace(/\(\)$/, "");
  return caseOf(
    classname === "" ? test : `${classname}.${test}`,
    failure === undefined,
    message,
    way,
  );
}

/** `<UnitTestResult testName="Shop.NetTest.Divides" outcome="Failed"><Output><ErrorInfo>…` */
function trxCase(element: Element): CheckCase | undefined {
  const { testName = "", outcome } = element.attributes;
  if (outcome !== "Passed" && outcome !== "Failed") return undefined;
  const message = inside(element, "Message");
  const way = inside(element, "StackTrace");
  return caseOf(testName, outcome === "Passed", message, way === "" ? "" : `${message}\n${way}`);
}

function inside({ children }: Element, name: string): string {
  for (const child of children) {
    const text = child.name === name ? child.text.trim() : inside(child, name);
    if (text !== "") return text;
  }
  return "";
}

function elementsIn(xml: string, wanted: ReadonlySet<string>): readonly Element[] {
  const found: Element[] = [];
  const open: Element[] = [];
  for (const [, literal, end, name, given = "", empty, text] of xml.matchAll(piece)) {
    const last = open.at(-1);
    if (name === undefined) {
      if (last !== undefined)
        last.text += literal === undefined ? plain(text ?? "") : plainText(literal);
      continue;
    }
    if (end === "/") {
      // Of a report that was cut off, the last element stays open.
      if (last?.name === name) open.pop();
      continue;
    }
    if (last === undefined && !wanted.has(name)) continue;
    const element: Element = { name, attributes: attributesIn(given), children: [], text: "" };
    if (last === undefined) found.push(element);
    else last.children.push(element);
    if (empty !== "/") open.push(element);
  }
  return found;
}

function attributesIn(text: string): Readonly<Record<string, string>> {
  const pairs = text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  return Object.fromEntries(
    [...pairs].map(([, name = "", one, other]) => [name, plain(one ?? other ?? "")]),
  );
}

const named: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
};

function plain(text: string): string {
  const whole = text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (written, decimal, hex, name) => {
    if (name !== undefined) return named[name] ?? written;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : written;
  });
  // A control character may be written as its number.
  return plainText(whole);
}
