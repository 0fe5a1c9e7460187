/** A TypeScript file of 10,000 lines with more than a thousand declarations. */
export function longFile(): string {
  return Array.from({ length: 526 }, (_, index) => unit(index)).join("");
}

/** The same in Python. */
export function longPythonFile(): string {
  return Array.from({ length: 500 }, (_, index) => pythonUnit(index)).join("");
}

/** Twenty lines with two classes' worth of declarations. */
function unit(index: number): string {
  return `/** Account ${index}. */
export class Account${index} {
  private total = ${index};

  /** Adds to the total. */
  add(amount: number, note: string): number {
    if (note.length > 3) {
      return [1, 2, 3].map((value) => value * amount).reduce((sum, value) => sum + value, 0);
    }
    this.total += amount;
    return this.total;
  }
}

export function describe${index}(account: Account${index}): string {
  const name = "account";
  return name + account.add(0, "😀");
}

`;
}

function pythonUnit(index: number): string {
  return `class Account${index}:
    """Account ${index}."""

    def __init__(self, total: int = ${index}) -> None:
        self.total = total

    # Adds to the total.
    def add(self, amount: int, note: str) -> int:
        if len(note) > 3:
            return sum(value * amount for value in (1, 2, 3))
        self.total += amount
        return self.total


def describe${index}(account: Account${index}) -> str:
    name = "account"
    return f"{name} {account.add(0, '😀')}"


`;
}
