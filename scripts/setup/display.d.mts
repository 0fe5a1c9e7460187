/** Whether windows can be shown to a person here. */
export function hasDisplay(
  environment?: Readonly<Record<string, string | undefined>>,
  platform?: string,
): boolean;
