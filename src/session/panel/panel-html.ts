import type { Texts } from "../../base/l10n";

/** What the panel's page is made of. */
export interface PanelPage {
  /** Addresses that the webview can load. */
  readonly scriptUri: string;
  readonly styleUris: readonly string[];
  /** The webview's own source expression for its CSP. */
  readonly cspSource: string;
  /** At least 16 random bytes, new for each page, in base64 or hex. */
  readonly nonce: string;
  /** The language of its words, and their texts where that is not English. */
  readonly language: string;
  readonly texts: Texts | undefined;
}

function attribute(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/"/g, "&quot;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;");
}

/**
 * Data, not a script: nothing of it runs, so the policy has nothing to let in. No text can end the
 * element before its end.
 */
function textsElement(texts: Texts): string {
  const json = JSON.stringify(texts).replace(/</g, "\\u003c");
  return `<script type="application/json" id="texts">${json}</script>\n`;
}

/**
 * The panel's page. Scripts run by nonce only: in a browser workbench `cspSource` contains the
 * server's own origin, so it would let in more than our files. Nothing may be fetched, sent or
 * framed, and no string becomes HTML except through the one named policy.
 */
export function panelHtml(page: PanelPage): string {
  const { scriptUri, styleUris, cspSource, nonce, language, texts } = page;
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    "img-src 'none'",
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types thinkaloud",
  ].join("; ");
  const styles = styleUris
    .map((uri) => `<link rel="stylesheet" nonce="${attribute(nonce)}" href="${attribute(uri)}">`)
    .join("\n");
  return `<!doctype html>
<html lang="${attribute(texts === undefined ? "en" : language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Thinkaloud</title>
${styles}
</head>
<body>
<div id="panel"></div>
${texts === undefined ? "" : textsElement(texts)}<script nonce="${attribute(nonce)}" src="${attribute(scriptUri)}"></script>
</body>
</html>
`;
}
