import { expect, it } from "vitest";
import { namePlace, namesToAsk, placeOf, relatedTo } from "../../../src/core/context/asked-names";

const text = "a = 1\nfrom shop import tax\ndef bill(cart, rate):\n    Order(tax, cart.size)\n";
const code = {
  text: text.slice(6),
  startLine: 1,
  endLine: 3,
  imports: "from shop import tax",
};

it("asks first for what is called, then for types and what is imported, and for the types of parameters", () => {
  const { declared, typed } = namesToAsk(code, "bill(cart, rate)");
  expect(declared.map(({ name }) => name)).toEqual([
    "bill",
    "Order",
    "from",
    "shop",
    "import",
    "tax",
  ]);
  expect(typed.map(({ name }) => name)).toEqual(["cart", "rate"]);
});

it("tells where a name stands in the document, in the first line of the code and in others", () => {
  const { declared } = namesToAsk(code, undefined);
  const placed = declared.map((name) => [name.name, placeOf(name, code)]);
  expect(placed).toContainEqual(["from", { line: 1, character: 0 }]);
  expect(placed).toContainEqual(["shop", { line: 1, character: 5 }]);
  expect(placed).toContainEqual(["Order", { line: 3, character: 4 }]);
});

it("finds a declaration's name in its first lines only", () => {
  const start = { line: 0, character: 0 };
  const declaration = (name: string) => ({ name, bodyRange: { start, end: start } });
  expect(namePlace(text, declaration("bill"))).toEqual({ line: 2, character: 4 });
  expect(namePlace(`${"\n".repeat(5)}bill`, declaration("bill"))).toBeUndefined();
});

it("takes for related what the code names or what names it, and nothing of its own name", () => {
  const range = { start: { line: 3, character: 0 }, end: { line: 3, character: 0 } };
  const isRelated = relatedTo({
    target: { text, range } as never,
    syntax: {
      enclosing: { name: "bill", range: { start: { line: 2 }, end: { line: 3 } } },
    } as never,
  });
  expect(isRelated("Order", "class Order: ...")).toBe(true);
  expect(isRelated("report", "def report(): bill(c)")).toBe(true);
  expect(isRelated("report", "def report(): pass")).toBe(false);
  expect(isRelated("bill", "def bill(): Order()")).toBe(false);
});
