import { describe, expect, it } from "vitest";
import type { PlanRequest } from "../../../src/core/edit/edit-plan";
import { planEdits } from "../../../src/core/edit/plan-edits";
import { outcomeOf } from "./support/outcome";

/**
 * What a fence, below a sentence, makes of a file by the text alone; `line` is where the person
 * asked, from one on.
 */
async function outcome(
  languageId: string,
  text: string,
  code: string,
  {
    said = "Here it is:",
    tag = languageId,
    line,
  }: { said?: string; tag?: string; line?: number } = {},
): Promise<string> {
  const at = line === undefined ? undefined : { line: line - 1, character: 0 };
  const files = [
    {
      path: "src/one.txt",
      languageId,
      text,
      ...(at === undefined ? {} : { targetRange: { start: at, end: at } }),
    },
  ];
  const request: PlanRequest = {
    answer: `${said}\n\n\`\`\`${tag}\n${code}\n\`\`\`\n`,
    truncated: false,
    files,
  };
  return outcomeOf(await planEdits(request));
}

const control = `export var Control = Class.extend({
	options: { position: 'topright' },

	// Where it is.
	getPosition: function () {
		return this.options.position;
	},

	setPosition: function (position) {
		var corner = this.corner(position);
		corner.add(this);
		this.options.position = position;
		return corner;
	},

	remove: function () {
		return this.map.remove(this);
	}
});
`;

describe("The place of a declaration", () => {
  it("is found where it is a member of an object that a call is given", async () => {
    const fresh = `	setPosition: function (position) {
		var place = this.corner(position);
		place.add(this);
		this.options.position = position;
		return place;
	},`;
    expect(await outcome("javascript", control, fresh)).toBe(
      control
        .replaceAll("corner.", "place.")
        .replace("var corner", "var place")
        .replace("return corner", "return place"),
    );
  });

  it("is found by the name behind that of its class, as C++ writes it", async () => {
    const file = `winrt::Element
View::Create() noexcept {
  return make(context);
}

void View::Close() {
  open = false;
}
`;
    const added = `winrt::Element
View::Create() noexcept {
  return make(context);
}

static int compare(int a, int b) {
  return a - b;
}`;
    expect(await outcome("cpp", file, added)).toBe(
      file.replace(
        "}\n\nvoid",
        "}\n\nstatic int compare(int a, int b) {\n  return a - b;\n}\n\nvoid",
      ),
    );
  });

  it("is found by a head that no word ends in the answer", async () => {
    const file = `local config = {}

--- Reads a file into a table.
-- @param file either a file or a string
-- @tab[opt] options what may be set:
--
--  * \`smart\`  find out the form (default false)
--  * \`trim\` leave white space out (default true)
--
-- @return a table, or nothing
function config.read(file, options)
    local all = {}
    for line in file:lines() do
        all[#all + 1] = line
    end
    return all
end

return config
`;
    const doc = "--- Raises an error for a value.\n---\n--- The input is left as it is.";
    const [before = "", after = ""] = file.split(/--- Reads[\s\S]*or nothing/);
    const answer = `${doc}\nfunction config.read(file, options)`;
    expect(await outcome("lua", file, answer, { line: 3 })).toBe(before + doc + after);
  });

  it("does not matter for one of several that is given as it is", async () => {
    const file = `class Reader {
  fun read(): Int {
    return 1
  }

  fun clear() {
    size = 0
  }
}

class Writer {
  fun write(): Int {
    return 2
  }

  fun clear() {
    size = 0
  }
}
`;
    const answer = "  fun clear() {\n    size = 0\n  }\n\n  fun write(): Int {\n    return 3\n  }";
    expect(await outcome("kotlin", file, answer)).toBe(file.replace("return 2", "return 3"));
  });
});

describe("A new method, named beside another in the sentence above it", () => {
  const file = `class Context
{
    public Context(int size)
    {
        Size = size;
    }

    public void Write(int a)
    {
        Put(a);
    }

    public void Write(string a)
    {
        Put(a);
    }
}
`;
  const fresh = "    private int Twice(int a)\n    {\n        return 2 * a;\n    }";
  const behind = (end: string): string => file.replace(end, `${end}\n${fresh}\n`);

  it("goes behind the constructor, though the class has that name too", async () => {
    const said = "Add this method after `Context`:";
    expect(await outcome("csharp", file, fresh, { said })).toBe(
      behind("        Size = size;\n    }\n"),
    );
  });

  it("goes behind that of several which the person asked about", async () => {
    const said = "Add this method after `Write`:";
    const wanted = behind("    public void Write(int a)\n    {\n        Put(a);\n    }\n");
    expect(await outcome("csharp", file, fresh, { said, line: 10 })).toBe(wanted);
    expect(await outcome("csharp", file, fresh, { said })).toMatch(/^noEdit/);
  });

  it("is laid out as its neighbour is, where the file has two layouts", async () => {
    const two = `int first(int a)
{
    int b = a;
    return b;
}

int second(int a)
{
    int b = a;
    return b;
}

int third(int a)
{
	return a;
}
`;
    const added = "int fourth(int a)\n{\n\treturn a + 1;\n}";
    expect(await outcome("c", two, added, { said: "Add this function after `third`:" })).toBe(
      `${two}\n${added}\n`,
    );
  });
});

describe("What an answer copies from the file to the column", () => {
  it("says by another column that a line stands deeper, whatever the step of the file", async () => {
    const file = `void open() {
  start();
}

void close() {
  stop();
}

    void odd() {
      first = name;
      second = Exists(first);
      return second;
    }
`;
    const wanted = file.replace(
      "      second = Exists(first);",
      "      if (on) {\n         second = Exists(first);\n      }",
    );
    const answer = wanted.split("\n").slice(8, 14).join("\n");
    expect(await outcome("cpp", file, answer)).toBe(wanted);
  });

  it("is not cut short where it begins within a comment", async () => {
    const file = `local files = {}

--- Tells whether a path is a folder.
-- @tparam string path The path
function files.is_folder(path)
    return stat(path).type == "folder"
end

--- Gives the home.
function files.home()
    return home
end
`;
    const answer = `-- @tparam string path The path
function files.is_folder(path)
    if path == nil then
        return false
    end
    local found = stat(path)
    return found.kind == "folder" or found.kind == "link"
end`;
    const got = await outcome("lua", file, answer);
    expect(got).toContain("--- Tells whether a path is a folder.\n-- @tparam");
    expect(got).toContain("local found");
  });

  it("may be a comment alone", async () => {
    const file =
      "#!/bin/sh\n\n# Reads the list,\n# and does not wait for it,\n# as it is short.\ncat list\n";
    const answer = "# Reads the list,\n# and never waits for it,\n# as it is short.";
    expect(await outcome("shellscript", file, answer)).toBe(
      file.replace("does not wait", "never waits"),
    );
  });

  it("is the file's whatever the fence is called, but for a command that writes it", async () => {
    const file =
      "class One {\n  def apply(event: Event): Unit = {\n    all.foreach(_.apply(event))\n  }\n}\n";
    const answer =
      "  def apply(event: Event): Unit = {\n    if (on) {\n      all.foreach(_.apply(event))\n    }\n  }";
    expect(await outcome("scala", file, answer, { tag: "java" })).toBe(
      file.replace(
        "    all.foreach(_.apply(event))",
        "    if (on) {\n      all.foreach(_.apply(event))\n    }",
      ),
    );
  });

  it("is laid out as the answer is beside a class that has a docstring alone", async () => {
    const file =
      'LIMIT = 3\n\n\nclass Frozen(Error):\n    """Cannot be changed."""\n\n\nclass Thawed(Error):\n    """Can be changed."""\n\n    size = 4\n';
    const fresh = "def compare(a, b):\n    if a == b:\n        return 0\n    return a - b\n\n\n";
    const wanted = file.replace("class Thawed", `${fresh}class Thawed`);
    expect(await outcome("python", file, wanted.trimEnd())).toBe(wanted);
  });

  it("keeps the empty line that it has below a line that is gone", async () => {
    const file = `class Runner(name: String) {
  def open(): Unit = {
    start()
    run()
  }

  def close(a: Int): Unit = {
    val first = a

    val second = format(first)
    val third = note(first)

    report(first, a)
    stop(first)
  }
}
`;
    const wanted = file.replace("    val third = note(first)\n", "");
    const lines = wanted.split("\n");
    const answer = [lines[0], "  // ... existing code ...", "", ...lines.slice(6, -1)].join("\n");
    expect(await outcome("scala", file, answer)).toBe(wanted);
  });

  it("leaves the empty lines at the end of the file as they are", async () => {
    const file = "# Rules\n\nBe kind.\n\n## More\n- read them\n\n\n";
    const answer = "# Rules\n\nBe kind.\n\n## More\n- read them\n- keep them";
    expect(await outcome("markdown", file, answer)).toBe(
      file.replace("- read them\n", "- read them\n- keep them\n"),
    );
  });
});

describe("Lines of the file that an answer does not speak of", () => {
  it("keep the comment above them, where the answer documents what follows", async () => {
    const file = `class Failure
{
    /**
     * @var Comparison
     */
    protected $comparison;

    public function __construct(string $message, Comparison $comparison)
    {
        $this->comparison = $comparison;
    }

    public function getComparison(): Comparison
    {
        return $this->comparison;
    }
}
`;
    const doc = "    /**\n     * Works it out.\n     */\n";
    const head = "    public function __construct";
    const wanted = file.replace(head, doc + head);
    const lines = wanted.split("\n");
    expect(await outcome("php", file, lines.slice(7, -2).join("\n"), { line: 8 })).toBe(wanted);
  });

  it("are not a new head, where an example calls what the answer gives", async () => {
    const file =
      "#!/bin/sh\n\ncount_all_of_the_tests() {\n  local all=0\n  echo $all\n}\n\necho done\n";
    const answer = `# Counts them.\ncount_all_of_the_tests() {\n  local all=0\n  echo $all\n}\n\`\`\`\n\nFor example:\n\n\`\`\`sh\ncount_all_of_the_tests 1 2`;
    expect(await outcome("shellscript", file, answer, { line: 3 })).toBe(
      file.replace("count_all_of_the_tests() {", "# Counts them.\ncount_all_of_the_tests() {"),
    );
  });
});

describe("A stretch of the file", () => {
  it("ends with the last of equal lines, whichever of them is new", async () => {
    const file = `class Rule {
    void visit(node) {
        if (first(node)) {
            if (!second(node)) {
                add(node, "is not defined")
            }
        }
        super.visit(node)
    }
}
`;
    const wanted = file.replace(
      '                add(node, "is not defined")',
      '                if (on) {\n                    add(node, "is not defined")\n                }',
    );
    const answer = wanted.split("\n").slice(2, 9).join("\n");
    expect(await outcome("groovy", file, answer)).toBe(wanted);
  });

  it("has another import, where the lines above and below it are the same", async () => {
    const file =
      "/*\n * All rights reserved.\n */\n\npackage cats\npackage arrow\n\ntrait Choice[F] {\n\n  /**\n   * One of two.\n   */\n  def choose: F\n}\n";
    const answer = " */\n\npackage cats\npackage arrows\n\ntrait Choice[F] {\n\n  /**";
    expect(await outcome("scala", file, answer)).toBe(file.replace("arrow", "arrows"));
  });

  it("may begin before a head that the answer only begins", async () => {
    const file =
      "sub first {\n  my $self = shift;\n  return 'push ' . $self;\n}\n\nsub second {\n  return 2;\n}\n";
    const answer = "  my $self = shift;\n  return 'pushes ' . $self;\n}\n\nsub second {";
    expect(await outcome("perl", file, answer)).toBe(file.replace("push ", "pushes "));
  });

  it("is known by the comments that the answer repeats", async () => {
    const file =
      "CC = gcc\n\n# The assembler must not emulate anything,\n# on any machine.\nCFLAGS += $(more) -Wa\n\nlibs += lib/\n";
    const answer =
      "# The assembler must not emulate anything,\n# on any machine.\nCFLAGS2 += $(more) -Wa";
    expect(await outcome("makefile", file, answer)).toBe(file.replace("CFLAGS", "CFLAGS2"));
  });
});

describe("A piece of an answer without a place of its own", () => {
  const file =
    "a = 1\n\n\ndef open_all(a):\n    b = read(a)\n    c = read(b)\n    return c\n\n\ndef close_all(a):\n    b = find(a)\n    c = find(b)\n    return c\n";
  const whole = "def open_all(a):\n    b = read(a)\n    c = read(b)\n    check(c)\n    return c";
  const answer = (second: string): string => `${whole}\n\`\`\`\n\nThen:\n\n\`\`\`python\n${second}`;

  it("is let go where another piece says most of it", async () => {
    const told = "    return c\n    check(c)\n    c = read(b)\n    b = read(a)";
    expect(await outcome("python", file, answer(told))).toBe(
      file.replace("    c = read(b)\n", "    c = read(b)\n    check(c)\n"),
    );
  });

  it("is told to the person where no other piece says it", async () => {
    const alone = "    b = find(a)\n    d = 5\n    return c\n    a = 1";
    expect(await outcome("python", file, answer(alone))).toMatch(/has no place in the file/);
  });
});

describe("An outcome is refused", () => {
  it("where an answer that closes each bracket leaves one open, in a file that had one open before", async () => {
    const { losesBalance } = await import("../../../src/core/edit/judge/readable");
    const { languageFacts } = await import("../../../src/base/languages/languages");
    const before = ["open {", "a() {", "}"];
    const after = ["open {", "a() {", "}", "}", "}"];
    const near = { before, after };
    const facts = languageFacts("groovy");
    expect(losesBalance(near, before, after, ["a() {", "}"], facts)).toBe(true);
    expect(losesBalance(near, before, after, ["a() {"], facts)).toBe(false);
  });
});
