/** A queue that holds a limited number of items: what has waited longest comes out first. */
export class Queue {
  /** @param {number} limit how many items fit in */
  constructor(limit) {
    this.limit = limit;
    this.items = [];
  }

  /** Puts an item at the end; false when the queue is full. */
  put(item) {
    if (this.items.length > this.limit) {
      return false;
    }
    this.items.push(item);
    return true;
  }

  /** Takes out the item that has waited longest; undefined when the queue is empty. */
  take() {
    return this.items.shift();
  }
}
