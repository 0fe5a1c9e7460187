/**
 * Whether a path as Node's `relative` gives it stays inside the folder that it is relative to; ""
 * is the folder itself. Outside are `..`, `../a`, and `D:\a`, which Windows gives for another
 * drive. Inside is `..a`, a name like others.
 */
export function staysInside(relativePath: string): boolean {
  return !/^(?:\.\.(?:[\\/]|$)|[\\/]|[A-Za-z]:[\\/])/.test(relativePath);
}
