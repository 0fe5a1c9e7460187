import { expect, it, vi } from "vitest";
import { panelReceiver } from "../../src/editor/panel/panel-messages";

vi.mock("vscode", () => ({ window: {} }));

it("a download that is cancelled in the panel is over, and not only stopped", async () => {
  const cancel = vi.fn(async () => {});
  const parts = { pulls: { cancel } } as unknown as Parameters<typeof panelReceiver>[0];
  await panelReceiver(parts)({ kind: "setup", action: "cancel" });
  expect(cancel).toHaveBeenCalledOnce();
});
