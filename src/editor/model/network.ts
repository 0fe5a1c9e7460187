import { workspace } from "vscode";
import { type NetworkSettings, plainNetwork } from "../../model-setup/network";

/** The editor's own settings for connections, as they are now. */
export function readNetwork(): NetworkSettings {
  const http = workspace.getConfiguration("http", null);
  const text = (key: string): string => String(http.get<unknown>(key) ?? "");
  const noProxy = http.get<unknown>("noProxy");
  return {
    usesProxy: http.get<unknown>("proxySupport") !== "off",
    proxy: text("proxy"),
    noProxy: Array.isArray(noProxy) ? noProxy.map(String) : plainNetwork.noProxy,
    proxyAuthorization: text("proxyAuthorization"),
    strictSsl: http.get<unknown>("proxyStrictSSL") !== false,
    systemCertificates: http.get<unknown>("systemCertificates") !== false,
  };
}
