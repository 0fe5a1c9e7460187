import { workspace } from "vscode";
import type { Log } from "../../core/log";
import { remoteHostOf } from "../../core/model/cloud-models";
import type { Connection } from "../../core/model/connection";
import { localityOf } from "../../core/model/locality";

/** Whether code may be read by a model before anybody has asked for anything. */
export function mayReadAhead({ model, name, details }: Connection, log: Log): boolean {
  const value = workspace.getConfiguration("thinkaloud", null).get<unknown>("readAhead") ?? "local";
  if (value === "off" || value === "always") return value === "always";
  if (value !== "local")
    log.warn('The setting "readAhead" must be one of local, always, off; "local" is used.');
  const isHere = localityOf(model.endpoint) === "thisMachine";
  return isHere && remoteHostOf(name, details.remoteHost) === undefined;
}
