import { parser } from "sax";
import type { CheckCase } from "../../protocol/checks";
import { plainText } from "../process/plain-output";
import { caseOf } from "./test-lines";

/** An element of a report, as far as it tells of a test. */
interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/**
 * The tests that a report tells of: JUnit's form, as Maven and Gradle write it, and Microsoft's
 * (`.trx`). A test that was passed over is none. What is no such report tells of none.
 */
export function reportedTests(xml: string): readonly CheckCase[] {
  const found: CheckCase[] = [];
  for (const element of elementsIn(xml, new Set(["testcase", "UnitTestResult"]))) {
    const each = element.name === "testcase" ? junitCase(element) : trxCase(element);
    if (each !== undefined) found.push(each);
  }
  return found;
}

/**
 * `<testcase name="divides()" classname="shop.NetTest"><failure message="…">the way to it</failure></testcase>`
 */
function junitCase({ attributes, children }: Element): CheckCase | undefined {
  const { name = "", classname = "" } = attributes;
  if (children.some((each) => each.name === "skipped")) return undefined;
  const failure = children.find((each) => each.name === "failure" || each.name === "error");
  const way = failure?.text.trim() ?? "";
  // An assertion says it all; of anything else its kind says the most.
  const [thrown = ""] = way.split(/\n\s*at /, 1);
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
  const reader = parser(true);
  // A report that was cut off, or of no sound form, tells of what it holds.
  reader.onerror = () => {
    reader.resume();
  };
  reader.onopentag = ({ name, attributes }) => {
    const last = open.at(-1);
    if (last === undefined && !wanted.has(name)) return;
    const told = Object.entries(attributes).map(([key, value]) => [key, plainText(String(value))]);
    const element: Element = { name, attributes: Object.fromEntries(told), children: [], text: "" };
    (last?.children ?? found).push(element);
    open.push(element);
  };
  reader.onclosetag = () => {
    open.pop();
  };
  const addText = (text: string): void => {
    const last = open.at(-1);
    if (last !== undefined) last.text += plainText(text);
  };
  reader.ontext = addText;
  reader.oncdata = addText;
  reader.write(xml).close();
  return found;
}
