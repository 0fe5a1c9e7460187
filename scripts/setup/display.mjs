// A display for programs with windows.
import { onPath } from "./run-command.mjs";

/** Whether windows can be shown to a person here. */
export function hasDisplay(environment = process.env, platform = process.platform) {
  return platform !== "linux" || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

/**
 * What to put before a command that opens windows nobody has to see: a virtual display, where there
 * is no real one and it can be had.
 */
export function displayCommand() {
  return hasDisplay() || onPath("xvfb-run") === undefined ? [] : ["xvfb-run", "--auto-servernum"];
}
