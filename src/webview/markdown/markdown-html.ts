import MarkdownIt, { type Token } from "markdown-it";

const markdown = new MarkdownIt({ html: false, linkify: false });

/**
 * Links of every kind are parsed, so that none shows as raw brackets; {@link markdownHtml} decides
 * which of them lead anywhere.
 */
markdown.validateLink = () => true;

const { escapeHtml } = markdown.utils;

function contentOf(tokens: readonly Token[], index: number): string {
  return escapeHtml(tokens[index]?.content ?? "");
}

/** Where quotations and lists stand in one another deeper than this, the rest is a plain text. */
const deepestBlock = 60;

const tokenize = markdown.block.tokenize.bind(markdown.block);
markdown.block.tokenize = (state, startLine, endLine) => {
  // The parser leaves out what is deeper than it goes.
  if (state.level < deepestBlock) return tokenize(state, startLine, endLine);
  state.push("paragraph_open", "p", 1);
  const text = state.push("inline", "", 0);
  text.content = state.getLines(startLine, endLine, 0, false).trim();
  text.children = [];
  state.push("paragraph_close", "p", -1);
  state.line = endLine;
};

/**
 * Pictures are what a leak looks like (`![](https://there?secret)`), so only their words are shown.
 */
markdown.renderer.rules["image"] = contentOf;

/** Only the language's name goes into the page, in a form that cannot be anything else. */
markdown.renderer.rules["fence"] = (tokens, index) => {
  const [language = ""] = /^[\w+#.-]{1,30}/.exec(tokens[index]?.info.trim() ?? "") ?? [];
  return `<pre data-language="${escapeHtml(language)}"><code>${contentOf(tokens, index)}</code></pre>\n`;
};
markdown.renderer.rules["code_block"] = (tokens, index) =>
  `<pre data-language=""><code>${contentOf(tokens, index)}</code></pre>\n`;

markdown.core.ruler.push("safe_links", (state) => {
  for (const token of state.tokens) if (token.children) token.children = safeLinks(token.children);
});

function httpsUrl(href: string): URL | undefined {
  if (!/^https:\/\//i.test(href)) return undefined;
  try {
    return new URL(href);
  } catch {
    return undefined;
  }
}

/**
 * Keeps https links and says behind each where it leads; of all other links only the words stay.
 */
function safeLinks(tokens: readonly Token[]): Token[] {
  const kept: Token[] = [];
  const open: { readonly url: URL | undefined; words: string }[] = [];
  for (const token of tokens) {
    const link = open.at(-1);
    if (token.type === "link_open") {
      const url = httpsUrl(String(token.attrGet("href")));
      open.push({ url, words: "" });
      if (url === undefined) continue;
      token.attrs = [
        ["href", url.href],
        ["title", url.href],
      ];
    } else if (token.type === "link_close") {
      open.pop();
      if (link?.url === undefined) continue;
      kept.push(token);
      if (!sayHost(link.words, link.url)) kept.push(hostLabel(token, link.url.host));
      continue;
    } else if (link !== undefined) link.words += token.content;
    kept.push(token);
  }
  return kept;
}

/**
 * Whether the words are the address itself: a host that stands anywhere in them may be the smaller
 * half of another one's name.
 */
function sayHost(words: string, { host }: URL): boolean {
  const spoken = httpsUrl(words);
  return words === host || (spoken?.host === host && spoken.username === "");
}

function hostLabel(like: Token, host: string): Token {
  const Constructor = like.constructor as new (type: string, tag: string, nesting: number) => Token;
  const token = new Constructor("host", "", 0);
  token.content = host;
  return token;
}
markdown.renderer.rules["host"] = (tokens, index) =>
  ` <span class="host">(${contentOf(tokens, index)})</span>`;

/**
 * HTML for one block of a model's markdown: no raw HTML, no pictures, links only to https with
 * their host shown. It still has to pass the sanitiser before it goes into the page.
 */
export function markdownHtml(source: string): string {
  return markdown.render(source);
}
