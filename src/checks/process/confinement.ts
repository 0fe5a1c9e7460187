import { spawn } from "node:child_process";
import { mkdtemp, realpath, rmdir } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

/** How far the system lets us shut a program in. */
export interface Confinement {
  /**
   * No network but the program's own loopback, no writing outside its folder, no process that
   * outlives it.
   */
  readonly closed: boolean;
  /** A command that runs the words with the limits, for `spawn`. */
  wrap(words: readonly string[], place: ConfinedPlace): readonly string[];
}

export interface ConfinedPlace {
  /** The one folder that may be written to. */
  readonly writable: string;
  /**
   * A folder for what a tool compiled, which stays for the next time: may be written to as well.
   */
  readonly kept?: string;
  /** Where the program starts; inside `writable`. */
  readonly folder: string;
  /** The largest file, in bytes. */
  readonly fileBytes: number;
}

/**
 * Runs inside a user, mount, network and process namespace of its own, as their root; then the
 * program runs in another user namespace, in which it has no say over the mounts. The text is
 * constant: words of a command come in as arguments and are never read as a script.
 */
const closeUp = `
writable=$1 kept=$2 folder=$3 uid=$4 gid=$5 home=$6
shift 6
mount --make-rprivate / && mount --bind "$writable" "$writable" || exit 97
[ "$kept" = "$writable" ] || mount --bind "$kept" "$kept" || exit 97
while read -r _ _ _ _ point options _; do
  case $options in rw*) ;; *) continue ;; esac
  case $point in *\\\\*) point=$(printf '%b' "$point") ;; esac
  [ "$point" = "$writable" ] || [ "$point" = "$kept" ] && continue
  mount -o "remount,bind,ro\${options#rw}" "$point" 2>/dev/null || :
done < /proc/self/mountinfo
mount -t tmpfs -o size=64m,mode=1777 tmpfs /dev/shm 2>/dev/null || :
for secret in .ssh .gnupg .aws .azure .kube .docker .config/gcloud .config/gh; do
  [ -d "$home/$secret" ] && mount -t tmpfs -o size=4k,mode=700 tmpfs "$home/$secret" 2>/dev/null
done
mount -t proc proc /proc 2>/dev/null || :
ip link set lo up 2>/dev/null || ifconfig lo up 2>/dev/null || :
if touch "$home/.thinkaloud-$$" 2>/dev/null; then rm -f "$home/.thinkaloud-$$"; exit 97; fi
cd "$folder" || exit 97
unshare --user --map-user="$uid" --map-group="$gid" -- "$@"
exit $?
`;

function namespaces({ writable, kept = writable, folder }: ConfinedPlace): readonly string[] {
  const uid = String(process.getuid?.() ?? 0);
  const gid = String(process.getgid?.() ?? 0);
  return [
    // Ends with us, also when we are killed; what runs in its namespace ends with it.
    ...["setpriv", "--pdeathsig", "KILL"],
    ...["unshare", "--user", "--map-root-user", "--mount", "--net", "--pid", "--fork"],
    ...["--kill-child", "sh", "-c", closeUp, "sh", writable, kept, folder, uid, gid, homedir()],
  ];
}

function limits({ fileBytes }: ConfinedPlace): readonly string[] {
  return ["prlimit", "--core=0", `--fsize=${fileBytes}`, "--"];
}

const open: Confinement = { closed: false, wrap: (words) => words };

let found: Promise<Confinement> | undefined;

/**
 * Finds out once what this system can do, by doing it. What a busy one did not do in time says
 * nothing of the next time, and is tried again then.
 */
export function confinement(limitMs = 5_000): Promise<Confinement> {
  found ??= process.platform === "linux" ? tryOut(limitMs) : Promise.resolve(open);
  return found;
}

async function tryOut(limitMs: number): Promise<Confinement> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "thinkaloud-confined-")));
  const place = { writable: folder, folder, fileBytes: 1_000_000 };
  const canLimit = await endOf([...limits(place), "true"], limitMs);
  const limited = canLimit === "well" ? limits : () => [];
  const canClose = await endOf([...namespaces(place), ...limited(place), "true"], limitMs);
  await rmdir(folder).catch(() => {});
  if (canLimit === "late" || canClose === "late") found = undefined;
  const closed = canClose === "well";
  return {
    closed,
    wrap: (words, where) => [...(closed ? namespaces(where) : []), ...limited(where), ...words],
  };
}

function endOf(
  [command = "", ...words]: readonly string[],
  timeout: number,
): Promise<"well" | "badly" | "late"> {
  return new Promise((resolve) => {
    const child = spawn(command, words, { stdio: "ignore", timeout, killSignal: "SIGKILL" });
    child.once("error", () => resolve("badly"));
    child.once("close", (code) => resolve(code === 0 ? "well" : child.killed ? "late" : "badly"));
  });
}
