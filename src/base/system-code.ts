/** What the system or Node calls an error, such as `ENOENT`; "" where it has no name for it. */
export function systemCode(thrown: unknown): string {
  return thrown instanceof Error && "code" in thrown && typeof thrown.code === "string"
    ? thrown.code
    : "";
}
