/** A TypeScript file of 10,000 lines with more than a thousand declarations. */
export function longFile(): string {
  return Array.from({ length: 526 }, (_, index) => unit(index)).join("");
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
