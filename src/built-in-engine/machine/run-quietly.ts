import { type SpawnOptions, spawn } from "node:child_process";

/** Of what a program complained about, the end is what says why. */
const toldCharacters = 400;

/**
 * Runs a program to its end, without a window and without its output.
 * @throws Error with the end of what it complained about; what the system says of a program that
 * cannot be started; an AbortError.
 */
export function runQuietly(
  program: string,
  args: readonly string[],
  options: Pick<SpawnOptions, "cwd" | "env" | "shell" | "signal">,
): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const child = spawn(program, args, {
      ...options,
      stdio: ["ignore", "ignore", "pipe"],
      windowsHide: true,
    });
    let complaint = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      complaint = (complaint + text).slice(-10_000);
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(complaint.trim().slice(-toldCharacters) || `the program ended with ${code}`),
        );
    });
  });
}
