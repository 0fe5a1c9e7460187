const focusable = "a[href], button, input, textarea, summary, [tabindex]";

/**
 * Where something stood: in which of its parents, and at which place among the children there; the
 * innermost first.
 */
type Place = readonly { readonly parent: Element; readonly at: number }[];

/**
 * Keeps the focus where it was when what had it goes away: a button that hides once it is pressed,
 * a row that is deleted, a list that is built anew. What stands there now gets it, or what stands
 * next to it, or `otherwise`; whoever works by keyboard is never thrown back to the top. To be
 * called once.
 */
export function keepFocus(root: HTMLElement, otherwise: HTMLElement): void {
  let held: { readonly element: Element; readonly place: Place } | undefined;
  root.addEventListener("focusin", ({ target }) => {
    if (target instanceof Element) held = { element: target, place: placeOf(target, root) };
  });
  root.addEventListener("focusout", () => {
    // What takes its place may be put there in the same go.
    setTimeout(() => {
      if (held === undefined || document.activeElement !== document.body) return;
      if (canHoldFocus(held.element)) return;
      (successor(held.place, otherwise) ?? otherwise).focus();
    });
  });
}

function placeOf(element: Element, root: Element): Place {
  const place: { parent: Element; at: number }[] = [];
  for (let each = element; each !== root; ) {
    const parent = each.parentElement;
    if (parent === null) break;
    place.push({ parent, at: [...parent.children].indexOf(each) });
    each = parent;
  }
  return place;
}

/**
 * In the smallest part of the page that is still there: at the same place, else behind it, else
 * before it. None where that part is so large that it holds `otherwise`.
 */
function successor(place: Place, otherwise: Element): HTMLElement | undefined {
  for (const [level, { parent, at }] of place.entries()) {
    if (parent.contains(otherwise)) return undefined;
    if (!parent.isConnected || !parent.checkVisibility()) continue;
    const children = [...parent.children];
    const candidates = [
      samePlace(children[at], place.slice(0, level)),
      ...children.slice(at).map(firstIn),
      ...children.slice(0, at).reverse().map(firstIn),
    ];
    const found = candidates.find((each) => each !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * What stands in `element` where the other stood in its own: the pin of a row for the pin of a row.
 */
function samePlace(element: Element | undefined, place: Place): HTMLElement | undefined {
  let found = element;
  for (const { at } of place.toReversed()) found = found?.children[at];
  return found instanceof HTMLElement && canHoldFocus(found) ? found : undefined;
}

function firstIn(element: Element): HTMLElement | undefined {
  return [element, ...element.querySelectorAll(focusable)].find(
    (each): each is HTMLElement => each instanceof HTMLElement && canHoldFocus(each),
  );
}

function canHoldFocus(element: Element): boolean {
  return (
    element.isConnected &&
    element.matches(focusable) &&
    !element.matches(":disabled") &&
    element.checkVisibility({ visibilityProperty: true })
  );
}
