import { samples } from "./samples";
import type { Seeded } from "./seeded";

const marks = [
  "<<<<<<< SEARCH",
  "=======",
  ">>>>>>> REPLACE",
  "------- SEARCH",
  "+++++++ REPLACE",
  "<<<<<<< HEAD",
  ">>>>>>> branch",
  "<<<<< ORIGINAL",
  "-------",
  "|||||||",
  "```",
  "```python",
  "````",
  "~~~",
  "```diff",
  "```json",
  "*** Begin Patch",
  "*** Update File: shop/stock.py",
  "*** Add File: new.py",
  "*** Delete File: shop/stock.py",
  "*** End Patch",
  "@@ -1,3 +1,4 @@",
  "@@ def take",
  "--- a/shop/stock.py",
  "+++ b/shop/stock.py",
  "<search>",
  "</search>",
  "<replace>",
  "</replace>",
  "<edit>",
  "</edit>",
  '{"path": "shop/stock.py", "old_string": "a", "new_string": "b"}',
  "{",
  '[{"search": "x',
  "}]",
  "<think>",
  "</think>",
  "shop/stock.py",
  "**other.py**",
  "# ... existing code ...",
  "...",
  ":start_line:3",
  "\\=======",
  "Replace `a + b` with `a - b`.",
  "",
  "\r",
  "\u2028",
  "\uFEFF",
  "\0",
  "{{{{[[[[((((",
  "'\"`'\"`'''\"\"\"",
  "/* */ /* //",
  "\\\\\\n\\",
  "𝒳\ud800",
];

/**
 * Lines of marks, of code and of neither, thrown together: what the grammar of answers is made of,
 * without its grammar.
 */
export function garbage(random: Seeded, mostLines: number): string {
  const code = samples.flatMap((one) => one.text.split("\n"));
  const lines: string[] = [];
  for (let count = 1 + random.below(mostLines); count > 0; count--) {
    switch (random.below(4)) {
      case 0:
      case 1:
        lines.push(random.pick(marks));
        break;
      case 2:
        lines.push(random.pick(["", "+", "-", " ", "> ", "  "]) + random.pick(code));
        break;
      default:
        lines.push(
          Array.from({ length: random.below(12) }, () =>
            String.fromCharCode(random.below(random.below(2) === 0 ? 128 : 65_536)),
          ).join(""),
        );
    }
  }
  return lines.join(random.below(8) === 0 ? "\r\n" : "\n");
}
