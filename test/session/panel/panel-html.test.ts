import { expect, it } from "vitest";
import { panelHtml } from "../../../src/session/panel/panel-html";

const page = {
  scriptUri: "https://host/webview.js",
  styleUris: ["https://host/panel.css"],
  cspSource: "https://*.cdn",
  nonce: "abc123",
  language: "en",
  texts: undefined,
};

it("the page lets in only its own script by nonce, its styles, and nothing else", () => {
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(panelHtml(page))?.[1];
  expect(policy?.split("; ")).toEqual([
    "default-src 'none'",
    "script-src 'nonce-abc123'",
    "style-src https://*.cdn 'nonce-abc123'",
    "font-src https://*.cdn",
    "img-src 'none'",
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types thinkaloud",
  ]);
});

it("an address cannot break out of its attribute", () => {
  expect(
    panelHtml({ ...page, scriptUri: 'https://host/"><script>alert(1)</script>' }),
  ).not.toContain("<script>alert");
});
