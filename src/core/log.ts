/**
 * Where diagnostics for the developer go; VS Code's LogOutputChannel fits. Never pass it code or
 * model output.
 */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
