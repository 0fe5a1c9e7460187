/**
 * Values by their names, kept on this machine from one start to the next and carried to no other.
 * The front end brings them; VS Code's Memento fits.
 */
export interface KeptValues {
  /** As it was stored, by whatever version of this program; undefined where nothing is kept. */
  get(name: string): unknown;
  /** @param value undefined: nothing is kept under the name any more. */
  update(name: string, value: unknown): PromiseLike<void>;
}
