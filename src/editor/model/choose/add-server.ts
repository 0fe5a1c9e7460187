import { ProgressLocation, window } from "vscode";
import { t } from "../../../base/l10n";
import { failureOf } from "../../../core/failure-error";
import { type ChosenServer, nameOf } from "../../../model-setup/settings/endpoints";
import { writeSetting } from "../settings";
import type { ListParts } from "./model-item";

/**
 * Asks for an address, finds out what answers there, and keeps it under a name. A key goes into the
 * secret store.
 * @returns false when the person changed their mind. Throws FailureError when nothing there can be
 * asked.
 */
export async function addServer(parts: ListParts): Promise<boolean> {
  const title = t("Thinkaloud: Add a Server");
  const text = await window.showInputBox({
    title,
    prompt: t("Its address, such as http://gpu.example.org:8000/v1"),
    ignoreFocusOut: true,
  });
  if (text === undefined || text.trim() === "") return false;
  const server = await detected(parts, text.trim());
  if (server === undefined) return false;
  const { endpoints } = parts.settings();
  const name = await window.showInputBox({
    title,
    prompt: t("What you call it"),
    value: nameOf(server),
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.trim() === "" ? t("A name, so that you can tell it from others.") : undefined,
  });
  if (name === undefined || name.trim() === "") return false;
  const { endpoint: address, authorization } = server.address;
  // What stood in the address is a secret, and the settings can be read.
  if (authorization !== undefined) await parts.credentials.keep(address, authorization);
  const entry = { name: name.trim(), address, kind: server.kind };
  const others = endpoints.filter((each) => each.name !== entry.name);
  await writeSetting("endpoints", [...others, entry]);
  return true;
}

async function detected(
  { connector, credentials }: ListParts,
  text: string,
): Promise<ChosenServer | undefined> {
  for (;;) {
    try {
      return await window.withProgress(
        {
          location: ProgressLocation.Notification,
          title: t("Asking what answers there"),
          cancellable: true,
        },
        (_progress, token) => {
          const stop = new AbortController();
          token.onCancellationRequested(() => stop.abort());
          return connector.servers.detect(text, stop.signal).catch((thrown: unknown) => {
            if (stop.signal.aborted) return undefined;
            throw thrown;
          });
        },
      );
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.kind !== "credentialsWanted") throw thrown;
      if (!(await credentials.enter(failure.endpoint, failure.refused))) return undefined;
    }
  }
}
