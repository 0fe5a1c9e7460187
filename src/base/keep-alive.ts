/**
 * How long a model stays loaded, as the daemon takes it: seconds as a number, or a duration such as
 * "10m". It refuses a bare number that comes as text, so "300" becomes 300.
 */
export function keepAliveOnWire(keepAlive: number | string): number | string {
  const isBareNumber = typeof keepAlive === "string" && /^-?\d+$/.test(keepAlive.trim());
  return isBareNumber ? Number(keepAlive) : keepAlive;
}
