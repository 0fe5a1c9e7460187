/**
 * Brings an element to the top of the runs, or to their middle. The browser's own way scrolls the
 * editor's frames around the page along, by the few pixels that they are too high.
 */
export function scrollPageTo(element: Element, to: "top" | "middle"): void {
  const page = element.closest(".page");
  if (page === null) return;
  const [own, seen] = [element.getBoundingClientRect(), page.getBoundingClientRect()];
  const above = to === "top" ? 0 : (seen.height - own.height) / 2;
  page.scrollTop += own.top - seen.top - above;
}
