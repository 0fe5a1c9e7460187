/** A change that any model for code manages, so that what fails is the form of its answer. */
export interface TinyEdit {
  readonly text: string;
  readonly wish: string;
  /** Whether the text is what was wished for; white space and comments are the model's own. */
  readonly isRight: (text: string) => boolean;
  /** Asked for as blocks instead of as a whole. */
  readonly asBlocks: boolean;
}

const squeezed = (text: string): string => text.replace(/#.*$/gm, "").replace(/\s+/g, "");
const holds =
  (wanted: string, unwanted: string) =>
  (text: string): boolean =>
    squeezed(text).includes(squeezed(wanted)) && !squeezed(text).includes(squeezed(unwanted));

export const tinyEdits: readonly TinyEdit[] = [
  {
    text: "def add(a, b):\n    return a - b\n",
    wish: "Return the sum.",
    isRight: holds("return a + b", "a - b"),
    asBlocks: false,
  },
  {
    text: "def is_even(n):\n    return n % 2 == 1\n",
    wish: "Return True for even numbers.",
    isRight: (text) => /n%2==0|n%2!=1|not\(?n%2/.test(squeezed(text)),
    asBlocks: true,
  },
  {
    text: "def first(items):\n    return items[1]\n",
    wish: "Return the first item.",
    isRight: holds("return items[0]", "items[1]"),
    asBlocks: false,
  },
  {
    text: 'def greet(name):\n    return "Hello " + nam\n',
    wish: "Fix the misspelt name.",
    isRight: (text) => !/\bnam\b/.test(text) && /\n.*\bname\b/.test(text),
    asBlocks: true,
  },
  {
    text: "def double(x):\n    return x * 3\n",
    wish: "Return twice x.",
    isRight: (text) => /x\*2|2\*x|x\+x/.test(squeezed(text)),
    asBlocks: false,
  },
];
