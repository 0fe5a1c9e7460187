import { expect, it, vi } from "vitest";
import { readNetwork } from "../../src/editor/model/network";
import { plainNetwork } from "../../src/model-setup/network";

const set = vi.hoisted((): Record<string, unknown> => ({}));
vi.mock("vscode", () => ({
  workspace: { getConfiguration: () => ({ get: (key: string) => set[key] }) },
}));

it("the editor's settings for connections are taken as they are now, and what it lacks as usual", () => {
  expect(readNetwork()).toEqual(plainNetwork);
  Object.assign(set, {
    proxySupport: "off",
    proxy: "http://proxy.example:8080",
    noProxy: ["box.example"],
    proxyAuthorization: "Basic eA==",
    proxyStrictSSL: false,
    systemCertificates: false,
  });
  expect(readNetwork()).toEqual({
    usesProxy: false,
    proxy: "http://proxy.example:8080",
    noProxy: ["box.example"],
    proxyAuthorization: "Basic eA==",
    strictSsl: false,
    systemCertificates: false,
  });
});
