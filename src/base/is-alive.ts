import { systemCode } from "./system-code";

/** Whether a process is there. @param kill sends it a signal, as the system does; 0 is none. */
export function isAlive(pid: number, kill: (pid: number, signal: 0) => void): boolean {
  // What is below names whole groups of processes.
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    kill(pid, 0);
    return true;
  } catch (thrown) {
    // It is there, but it is somebody else's.
    return systemCode(thrown) === "EPERM";
  }
}
