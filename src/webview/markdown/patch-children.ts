/**
 * Makes an element hold what `wanted` holds, and keeps each node that stays as it is: a text that
 * grew is only appended to, so what the person has selected stays selected. `wanted` is used up.
 */
export function patchChildren(element: Node, wanted: Node): void {
  let old = element.firstChild;
  for (const next of [...wanted.childNodes]) {
    const after = old?.nextSibling ?? null;
    if (old === null) element.appendChild(next);
    else if (!isPatched(old, next)) element.replaceChild(next, old);
    old = after;
  }
  while (old !== null) {
    const after = old.nextSibling;
    element.removeChild(old);
    old = after;
  }
}

/** Makes `old` the same as `next` where both are the same kind of node. */
function isPatched(old: ChildNode, next: ChildNode): boolean {
  if (old instanceof Text && next instanceof Text) {
    if (next.data.startsWith(old.data)) {
      if (next.length > old.length) old.appendData(next.data.slice(old.length));
    } else old.data = next.data;
    return true;
  }
  // Without their children they differ in name and attributes only.
  if (!old.cloneNode(false).isEqualNode(next.cloneNode(false))) return false;
  patchChildren(old, next);
  return true;
}
