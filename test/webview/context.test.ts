import { expect, it } from "vitest";
import type { ListedPiece } from "../../src/protocol/context";
import { describeInBrowser } from "./panel-browser";

const piece: ListedPiece = {
  id: "definition:words.py:.trim",
  kind: "definition",
  title: "function trim",
  path: "words.py",
  reason: "trim is called here.",
  tokens: 42,
  state: "sent",
};
const big: ListedPiece = { ...piece, id: "big", title: "class Big", tokens: 900, state: "noRoom" };

describeInBrowser("what goes along, in the panel", (_open, shown) => {
  it("is listed with tokens and reason before anything is sent, and can be pinned and crossed out by keyboard", async () => {
    const panel = await shown();
    const { page } = panel;
    // Nobody has looked yet: that nothing goes along would be a guess.
    await page.getByRole("button", { name: "What goes along" }).waitFor();
    await page.getByRole("combobox").focus();
    expect(await panel.sent()).toContainEqual({ kind: "context", text: "" });
    await panel.send({ kind: "context", pieces: [piece, big] });
    const fold = page.getByRole("button", { name: "1 piece goes along, 42 tokens" });
    await fold.press("Enter");
    const list = page.getByRole("list", { name: "What goes along" });
    expect(await list.innerText()).toContain("trim is called here.");
    expect(await list.innerText()).toContain("no room");
    const cross = page.getByRole("button", { name: "Leave function trim out" });
    await cross.focus();
    await cross.press("Space");
    expect(await panel.last()).toEqual({ kind: "crossPiece", pieceId: piece.id });
    await panel.send({ kind: "context", pieces: [{ ...piece, state: "crossed" }] });
    expect(await cross.getAttribute("aria-pressed")).toBe("true");
    expect(await cross.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.getByRole("button", { name: "Keep function trim" }).press("Enter");
    expect(await panel.last()).toEqual({ kind: "pinPiece", pieceId: piece.id });
    await page.getByRole("button", { name: "See what would be sent" }).press("Enter");
    expect(await panel.last()).toEqual({
      kind: "previewSent",
      text: "",
      runId: "",
      rephrases: false,
    });
  });

  it("is read ahead from the first letter of a question on", async () => {
    const panel = await shown();
    const box = panel.page.getByRole("combobox");
    const begun = async () =>
      (await panel.sent()).filter(({ kind }) => kind === "beginQuestion").length;
    await box.pressSequentially(" ");
    expect(await begun()).toBe(0);
    await box.pressSequentially("Why?");
    expect(await begun()).toBe(1);
    await box.press("Enter");
    await box.pressSequentially("And");
    expect(await begun()).toBe(2);
  });

  it("is asked for by a command that the box begins with, completed by keyboard", async () => {
    const panel = await shown();
    const box = panel.page.getByRole("combobox");
    await box.pressSequentially("/");
    const options = panel.page.getByRole("option");
    expect(await options.count()).toBe(5);
    await box.pressSequentially("f");
    expect(await options.allInnerTexts()).toHaveLength(1);
    await box.press("Tab");
    expect(await box.inputValue()).toBe("/fix ");
    await box.pressSequentially("it is slow, see a /");
    expect(await box.getAttribute("aria-expanded")).toBe("false");
    expect((await panel.sent()).filter(({ kind }) => kind === "complete")).toEqual([]);
    await box.press("Enter");
    expect(await panel.last()).toEqual({ kind: "ask", text: "/fix it is slow, see a /" });
  });

  it("is named with @, completed by keyboard, and left with Escape", async () => {
    const panel = await shown();
    const box = panel.page.getByRole("combobox");
    await box.pressSequentially("see @wo");
    expect(await panel.sent()).toContainEqual({ kind: "complete", query: "@wo" });
    await panel.send({
      kind: "completions",
      query: "@wo",
      found: [
        { insert: "@file:lib/words.py", detail: "lib" },
        { insert: "@symbol:words", detail: "lib/words.py" },
      ],
    });
    expect(await box.getAttribute("aria-expanded")).toBe("true");
    const options = panel.page.getByRole("option");
    expect(await options.count()).toBe(2);
    await box.press("ArrowDown");
    expect(await options.nth(1).getAttribute("aria-selected")).toBe("true");
    expect(await box.getAttribute("aria-activedescendant")).toBe(
      await options.nth(1).getAttribute("id"),
    );
    await box.press("ArrowUp");
    await box.press("Enter");
    expect(await box.inputValue()).toBe("see @file:lib/words.py ");
    expect((await panel.sent()).filter(({ kind }) => kind === "ask")).toEqual([]);

    await box.pressSequentially("and @pro");
    expect(await options.first().innerText()).toContain("@problems");
    await box.press("Escape");
    expect(await box.getAttribute("aria-expanded")).toBe("false");
    await box.press("Enter");
    const text = "see @file:lib/words.py and @pro";
    expect(await panel.last()).toEqual({ kind: "ask", text });
  });

  it("is a file that was dropped on the box, under the name that the host gives it", async () => {
    const panel = await shown();
    await panel.page.getByRole("combobox").evaluate((box) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.setData("text/uri-list", "file:///p/a.py\r\nfile:///p/b.py");
      box.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    });
    expect(await panel.last()).toEqual({
      kind: "dropFiles",
      uris: ["file:///p/a.py", "file:///p/b.py"],
    });
    await panel.send({ kind: "insert", text: "@file:a.py " });
    expect(await panel.page.getByRole("combobox").inputValue()).toBe("@file:a.py ");
  });
});
