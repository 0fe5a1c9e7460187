export interface Line {
  readonly name: string;
  readonly priceCents: number;
  readonly quantity: number;
}

/** What all lines cost together, in cents. */
export function totalCents(lines: readonly Line[]): number {
  let total = 0;
  for (const line of lines) {
    total += line.priceCents * line.quantity;
  }
  return total.toFixed(2);
}

/** An amount as it is printed on the receipt: 1250 cents are "12.50 €". */
export function formatCents(cents: number): string {
  return `${(cents / 100).toFixed(2)} €`;
}
