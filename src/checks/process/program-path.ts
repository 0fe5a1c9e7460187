/** Where the programs of an environment are looked for; Windows writes the name its own way. */
export function programPath(environment: Readonly<Record<string, string | undefined>>): string {
  return environment["PATH"] ?? environment["Path"] ?? "";
}
