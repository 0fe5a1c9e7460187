import DOMPurify, { type Config } from "dompurify";

interface TrustedTypesFactory {
  createPolicy(
    name: string,
    rules: { createHTML(text: string): string; createScriptURL(url: string): string },
  ): object;
}

/**
 * The page's one Trusted Types policy, named in its CSP. It stays in this file and only the
 * sanitiser parses with it, into a document that is not shown; what comes out is a tree that was
 * gone through node by node.
 */
const policy = (globalThis as { trustedTypes?: TrustedTypesFactory }).trustedTypes?.createPolicy(
  "thinkaloud",
  {
    createHTML: (text) => text,
    createScriptURL: () => {
      throw new TypeError("the panel loads no scripts");
    },
  },
);

// Once for all: given with each text, the lists would be read anew each time.
DOMPurify.setConfig({
  ALLOWED_TAGS: [
    ..."p br hr h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong s a span".split(" "),
    ..."table thead tbody tr th td".split(" "),
  ],
  ALLOWED_ATTR: ["href", "title", "class", "start", "data-language"],
  ALLOWED_URI_REGEXP: /^https:\/\//i,
  // Neither is an address, so neither has to look like one.
  ADD_URI_SAFE_ATTR: ["data-language", "start"],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
  ...(policy === undefined
    ? {}
    : { TRUSTED_TYPES_POLICY: policy as NonNullable<Config["TRUSTED_TYPES_POLICY"]> }),
});

/**
 * Turns HTML that was made from a model's words into nodes, with everything left out that is not on
 * the list of harmless things.
 */
export function safeFragment(html: string): DocumentFragment {
  // What is given here only tells the compiler what comes back.
  return DOMPurify.sanitize(html, { RETURN_DOM_FRAGMENT: true });
}
