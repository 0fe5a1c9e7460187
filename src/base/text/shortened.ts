/**
 * At most so many UTF-16 units of a text, with a sign that there was more. No character is cut in
 * two: half of one is shown as a sign of its own, and no strict reader takes it.
 */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cutsOne = /[\uD800-\uDBFF]/.test(text.charAt(most - 1));
  return `${text.slice(0, cutsOne ? most - 1 : most)}…`;
}
