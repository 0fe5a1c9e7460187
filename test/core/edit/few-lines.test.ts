import { describe } from "vitest";
import { checkAll as check } from "./support/small-cases";

const c = {
  path: "list.c",
  language: "c",
  text: '#include <stdio.h>\n\nstatic int count(struct node *first);\nint total(struct node *first);\n\nint main(void)\n{\n\tputs(strdup("a"));\n\treturn 0;\n}\n\nstatic int count(struct node *first)\n{\n\tint n = 0;\n\n\tfor (; first; first = first->next)\n\t\tn++;\n\treturn n;\n}\n',
};
const python = {
  path: "inside.py",
  language: "python",
  text: "import os\n\n\ndef inside(x, low, high):\n    return x > low and x < high\n\n\ndef last(values):\n    i = len(values)\n    while i > 0:\n        i -= 1\n    return json.dumps(values[i])\n",
};
const table = {
  path: "options.md",
  language: "markdown",
  text: "# Options\n\n| name | default |\n|------|---------|\n| port | 80 |\n| host | localhost |\n\n## Files\n\nThe file is `app.toml`.\n\n```sh\n# no heading\ncat app.toml\n```\n\n## Exit codes\n\n1 is an error.\n",
};

describe("an import alone", () => {
  check({
    "comes for the file that uses its name": {
      ...python,
      code: "import json",
      becomes: [["import os\n", "import os\nimport json\n"]],
    },
    "does not take the place of one that is used, though the person asked about that": {
      ...python,
      text: python.text.replace("len(values)", "os.cpu_count()"),
      code: "You have to import it:\n\n```python\nimport json\n```\n",
      asked: "import os",
      becomes: [["import os\n", "import os\nimport json\n"]],
    },
    "whose name is used nowhere has no place": {
      ...python,
      code: "import requests",
      becomes: "refused",
    },
    "was given for a reason where it names nothing": {
      ...c,
      code: "#include <stdio.h>\n#include <string.h>",
      becomes: [["#include <stdio.h>\n", "#include <stdio.h>\n#include <string.h>\n"]],
    },
  });
});

describe("a corrected line that nobody asked about", () => {
  check({
    "takes the place of the only one that it resembles": {
      ...python,
      code: "while i >= 0:",
      becomes: [["while i > 0:", "while i >= 0:"]],
    },
    "stands for none where two are as near": {
      ...python,
      text: python.text.replace("    while", "    while i > 1:\n        i -= 2\n    while"),
      code: "while i >= 0:",
      becomes: "refused",
    },
    "is no version of a line where the file has it elsewhere": {
      path: "m.lua",
      language: "lua",
      text: 'local M = {}\nM.name = "m"\nM.double = function(n) return n * 2 end\nM.half = function(n) return n / 2 end\nreturn M\n',
      code: "M.half = function(n) return n / 2 end\nM.triple = function(n) return n * 3 end",
      becomes: "refused",
    },
    "of several each stands for its own": {
      ...table,
      code: "| port | 8080 |\n| host | 0.0.0.0 |",
      becomes: [
        ["| port | 80 |", "| port | 8080 |"],
        ["| host | localhost |", "| host | 0.0.0.0 |"],
      ],
    },
    "stands for none outside of the function that the person asked about": {
      path: "sums.js",
      language: "javascript",
      text: "function add(a, b) {\n  return a + b;\n}\n\nfunction sub(a, b) {\n  throw new Error('todo');\n}\n",
      code: "return a - b;",
      asked: "todo",
      becomes: "refused",
    },
    "does not take the place of another name's value": {
      path: "sums.js",
      language: "javascript",
      text: "const count = items.reduce((a, b) => a + b.count, 0);\nlet total = 0;\nfor (const item of items) total += item.price;\n",
      code: "const total = items.reduce((a, b) => a + b.price, 0);",
      becomes: "refused",
    },
    "is no example of use": {
      ...python,
      code: "For example:\n\n```python\nwhile i > 2:\n```\n",
      becomes: "refused",
    },
    "is none where it declares something": {
      path: "one.js",
      language: "javascript",
      text: "function one(n) {\n  if (n) {\n    return n;\n  }\n}\n",
      code: "wait(n) {\n  return n;\n}",
      becomes: "refused",
    },
  });
});

describe("lines of the file with new ones", () => {
  check({
    "below them grow by those": {
      ...table,
      code: "| name | default |\n|------|---------|\n| port | 80 |\n| host | localhost |\n| color | auto |",
      becomes: [["| localhost |\n", "| localhost |\n| color | auto |\n"]],
    },
    "below the last one are the file's last": {
      ...table,
      code: "## Exit codes\n\n1 is an error.\n\n## Environment\n\n`APP_PORT` is the port.",
      becomes: [
        ["1 is an error.\n", "1 is an error.\n\n## Environment\n\n`APP_PORT` is the port.\n"],
      ],
    },
    "do not grow where something else follows": {
      ...table,
      code: "# Options\n\nSet them in a file.",
      becomes: "refused",
    },
    "above the line that ends the file": {
      path: "m.lua",
      language: "lua",
      text: "local M = {}\n\nfunction M.add(a, b)\n  return a + b\nend\n\nreturn M\n",
      code: "local M = {}\n\n-- ... existing code ...\n\nfunction M.half(a)\n  return a / 2\nend\n\nreturn M",
      becomes: [["\nreturn M\n", "\nfunction M.half(a)\n  return a / 2\nend\n\nreturn M\n"]],
    },
  });
});

describe("a line that is said to be wrong", () => {
  const travis = {
    path: ".travis.yml",
    language: "yaml",
    text: "sudo: false\nlanguage: go\ngo:\n  - 1.7.x\n  - master\nscript:\n  - go test\n",
    code: "The problem is in this line:\n\n```yaml\nsudo: false\n```\n\nThe corrected code:\n\n```yaml\nlanguage: go\ngo:\n  - 1.7.x\n  - master\nscript:\n  - go test\n```\n",
  };
  check({
    "stays, though all that is right stands beside it": { ...travis, becomes: "refused" },
    "stays, where nobody says so": {
      ...travis,
      code: travis.code.replace("The problem is in this line", "It begins so"),
      becomes: "refused",
    },
  });
});

describe("a function of C++ for some types only", () => {
  check({
    "gets its documentation above them": {
      path: "equal.h",
      language: "cpp",
      text: "namespace a {\n\ntemplate <typename T>\n  requires std::is_floating_point_v<T>\ninline bool equal(const T a, const T b) {\n  return a == b;\n}\n\n}\n",
      code: "/** Whether both are one. */\ntemplate <typename T>\n  requires std::is_floating_point_v<T>\ninline bool equal(const T a, const T b) {\n  return a == b;\n}",
      becomes: [["template <", "/** Whether both are one. */\ntemplate <"]],
    },
  });
});

describe("a section of a text", () => {
  check({
    "is told by its heading": {
      ...table,
      code: "## Exit codes\n\n1 is an error, 2 a wrong option.",
      becomes: [["1 is an error.", "1 is an error, 2 a wrong option."]],
    },
    "goes on behind what looks like a heading in code": {
      ...table,
      code: "````markdown\n## Files\n\nThe file is `app.ini`.\n\n```sh\n# no heading\ncat app.ini\n```\n````\n",
      becomes: [
        ["is `app.toml`", "is `app.ini`"],
        ["cat app.toml", "cat app.ini"],
      ],
    },
  });
});

describe("a function that is announced before it is defined", () => {
  check({
    "changes in both places": {
      ...c,
      code: "static int count(const struct node *first);\n\nstatic int count(const struct node *first)\n{\n\tint n = 0;\n\n\tfor (; first; first = first->next)\n\t\tn++;\n\treturn n;\n}",
      becomes: [
        ["count(struct node *first);", "count(const struct node *first);"],
        ["count(struct node *first)\n{", "count(const struct node *first)\n{"],
      ],
    },
    "does not stand twice under two names": {
      ...c,
      code: 'static int length(struct node *first)\n{\n\tint n = 0;\n\n\tfor (; first; first = first->next)\n\t\tn++;\n\treturn n;\n}\n\nint main(void)\n{\n\tputs(strdup("b"));\n\treturn 0;\n}',
      becomes: "refused",
    },
    "is a place for its announcement alone": {
      ...c,
      code: "int total(const struct node *first);",
      becomes: [["total(struct", "total(const struct"]],
    },
    "keeps the announcement that the answer is silent about": {
      ...c,
      code: "static int count(struct node *first)\n{\n\tint n = 0;\n\n\twhile (first) {\n\t\tn++;\n\t\tfirst = first->next;\n\t}\n\treturn n;\n}",
      becomes: [
        [
          "\tfor (; first; first = first->next)\n\t\tn++;\n",
          "\twhile (first) {\n\t\tn++;\n\t\tfirst = first->next;\n\t}\n",
        ],
      ],
    },
  });
});

const kotlin = {
  path: "ext.kt",
  language: "kotlin",
  text: "fun File.lines(): Int = readLines().size\n\nfun <T> List<T>.second(): T {\n    return this[1]\n}\n\ndata class Person(val name: String) {\n    fun short() = name.take(3)\n}\n",
};

describe("a head in another form", () => {
  check({
    "of a function is for another type": {
      ...kotlin,
      code: "fun <T> Collection<T>.second(): T {\n    return this.elementAt(1)\n}",
      becomes: [
        ["List<T>.second", "Collection<T>.second"],
        ["this[1]", "this.elementAt(1)"],
      ],
    },
    "is for a type that may be missing": {
      ...kotlin,
      code: "fun File?.lines(): Int = this?.readLines()?.size ?: 0",
      becomes: [
        [
          "fun File.lines(): Int = readLines().size",
          "fun File?.lines(): Int = this?.readLines()?.size ?: 0",
        ],
      ],
    },
    "is what changes where a mark stands for the body": {
      ...kotlin,
      code: "data class Person(val name: String, val age: Int) {\n    // ...\n}",
      becomes: [["(val name: String)", "(val name: String, val age: Int)"]],
    },
    "has an expression for its body": {
      path: "User.cs",
      language: "csharp",
      text: "public class User\n{\n    public string Name { get; set; }\n\n    public override string ToString()\n    {\n        return Name;\n    }\n}\n",
      code: "public override string ToString() => Name.Trim();",
      becomes: [
        ["ToString()\n    {\n        return Name;\n    }\n", "ToString() => Name.Trim();\n"],
      ],
    },
    "is none where an arrow follows on a pattern": {
      path: "shape.rs",
      language: "rust",
      text: "fn area(shape: &Shape) -> f64 {\n    match shape {\n        Shape::Circle(r) => PI * r,\n        Shape::Square(s) => s * s,\n    }\n}\n",
      code: "Shape::Circle(r) => PI * r * r,",
      asked: "Circle",
      becomes: [["PI * r,", "PI * r * r,"]],
    },
  });
});

describe("a sentence above code", () => {
  check({
    "that says to use something in a function calls that function no example": {
      path: "cart.ts",
      language: "typescript",
      text: "interface Item {\n  price: number;\n}\n\nfunction total(items: Item[]): number {\n  let sum = 0;\n  for (const item of items) sum += item.price;\n  return sum;\n}\n",
      code: "First the type:\n\n```ts\ninterface Item {\n  price: number;\n  count: number;\n}\n```\n\nThen use it in `total`:\n\n```ts\nfunction total(items: Item[]): number {\n  let sum = 0;\n  for (const item of items) sum += item.price * item.count;\n  return sum;\n}\n```\n",
      becomes: [
        ["  price: number;\n", "  price: number;\n  count: number;\n"],
        ["sum += item.price;", "sum += item.price * item.count;"],
      ],
    },
  });
});

describe("documentation", () => {
  check({
    "of one line takes the place of a long one of which it repeats nothing": {
      path: "events.py",
      language: "python",
      text: 'def events(path):\n    """Generates a list of all the files and directories within\n    the given directory that were moved along with it.\n\n    :param path:\n        The source.\n    :returns:\n        An iterable of events.\n    """\n    for name in walk(path):\n        yield Event(name)\n',
      code: 'def events(path):\n    """Callers should check the result."""\n    for name in walk(path):\n        yield Event(name)',
      becomes: [
        [
          '"""Generates a list of all the files and directories within\n    the given directory that were moved along with it.\n\n    :param path:\n        The source.\n    :returns:\n        An iterable of events.\n    """',
          '"""Callers should check the result."""',
        ],
      ],
    },
    "does so where its first line is empty": {
      path: "events.py",
      language: "python",
      text: 'def set_event(event):\n    """\n    Set an event on this buffer.  When data is ready to be read (or the\n    buffer has been closed), the event will be set.\n\n    :param event: the event\n    """\n    lock.acquire()\n    hold(event)\n',
      code: 'def set_event(event):\n    """The order does not matter."""\n    lock.acquire()\n    hold(event)',
      becomes: [
        [
          '"""\n    Set an event on this buffer.  When data is ready to be read (or the\n    buffer has been closed), the event will be set.\n\n    :param event: the event\n    """',
          '"""The order does not matter."""',
        ],
      ],
    },
    "stands as deep as the answer has it, wherever the mark below it stands": {
      path: "dumper.py",
      language: "python",
      text: "class Dumper(Emitter):\n\n    def __init__(self, stream,\n            indent=None):\n        Emitter.__init__(self, stream,\n                indent=indent)\n        self.stream = stream\n",
      code: '    def __init__(self, stream,\n            indent=None):\n        """Makes one.\n\n        Keeps the stream.\n        """\n            # ... rest of the code ...',
      becomes: [
        [
          "            indent=None):\n",
          '            indent=None):\n        """Makes one.\n\n        Keeps the stream.\n        """\n',
        ],
      ],
    },
  });
});

describe("a new method that is laid out in another way than its class", () => {
  check({
    "keeps its layout, at the depth of the others": {
      path: "Box.java",
      language: "java",
      text: "final class Box {\n  private int size;\n\n  int size() {\n    if (size < 0) {\n      return 0;\n    }\n    return size;\n  }\n}\n",
      code: "final class Box {\n  // ... other methods ...\n\n  int twice(int n) {\n      if (n == 0) {\n          return 0;\n      }\n      return 2 * n;\n  }\n}",
      becomes: [
        [
          "    return size;\n  }\n",
          "    return size;\n  }\n\n  int twice(int n) {\n      if (n == 0) {\n          return 0;\n      }\n      return 2 * n;\n  }\n",
        ],
      ],
    },
  });
});

describe("a new function beside one that stands in the file more than once", () => {
  const text =
    "impl Debug for A {\n    fn fmt(&self) -> Result {\n        Debug::fmt(&self.0)\n    }\n}\n\nimpl Debug for B {\n    fn fmt(&self) -> Result {\n        Debug::fmt(&self.0)\n    }\n}\n";
  const rust = {
    path: "wrapper.rs",
    language: "rust",
    text,
    code: "fn fmt(&self) -> Result {\n    Debug::fmt(&self.0)\n}\n\nfn size(&self) -> usize {\n    4\n}",
  };
  check({
    "has no sure place": { ...rust, becomes: "refused" },
    "stands where the person asked": {
      ...rust,
      asked: "Debug for B",
      becomes: "refused",
    },
  });
});
