import { expect, it, vi } from "vitest";
import { panelReceiver } from "../../src/editor/panel/panel-messages";

vi.mock("vscode", () => ({ window: {} }));

it("a download that is cancelled in the panel is over, and not only stopped", async () => {
  const cancel = vi.fn(async () => {});
  const parts = { pulls: { cancel } } as unknown as Parameters<typeof panelReceiver>[0];
  await panelReceiver(parts)({ kind: "setup", action: "cancel" });
  expect(cancel).toHaveBeenCalledOnce();
});

it.each(["ask", "followUp", "rephrase"] as const)(
  "what was typed (%s) goes back into the box where no run comes of it, and only there",
  async (kind) => {
    const insert = vi.fn();
    let outcome: () => Promise<string | undefined> = async () => "run";
    const begin = () => outcome();
    const session = { start: begin, followUp: begin, rephrase: begin };
    const parts = { panel: { insert }, session };
    const receive = panelReceiver(parts as unknown as Parameters<typeof panelReceiver>[0]);
    const message = { kind, runId: "1", text: "/fix it fails for 0" } as const;

    await receive(message);
    expect(insert).not.toHaveBeenCalled();

    const refused = new Error("no file is open");
    outcome = () => Promise.reject(refused);
    await expect(receive(message)).rejects.toBe(refused);
    // The person wants the run that goes on to go on.
    outcome = async () => undefined;
    await receive(message);
    expect(insert.mock.calls).toEqual([[message.text], [message.text]]);
  },
);
