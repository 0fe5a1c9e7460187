// Debian packages: installed as root, else named with the command to type.
import { onPath, runCommand } from "./run-command.mjs";
import { step } from "./step.mjs";

/** Whether this script may install Debian packages here. */
export function mayInstallPackages() {
  return process.getuid?.() === 0 && onPath("apt-get") !== undefined;
}

/**
 * The command that a person types to install the packages.
 * @param {readonly string[]} packages
 */
export function installCommand(packages) {
  return `sudo apt-get install -y ${packages.join(" ")}`;
}

/**
 * Installs Debian packages as root.
 * @param {readonly string[]} packages
 */
export async function installPackages(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await step(`Debian packages: ${packages.join(", ")}`, async () => {
    await runCommand("apt-get", ["update"], { env });
    await runCommand("apt-get", ["install", "-y", "--no-install-recommends", ...packages], { env });
  });
}
