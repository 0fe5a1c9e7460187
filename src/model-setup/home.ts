/**
 * Stands where an address is shown, and where windows are remembered: the engine's own address
 * changes with every start.
 */
export const builtInEndpoint = "built-in engine";
