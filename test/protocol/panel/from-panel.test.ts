import { describe, expect, it } from "vitest";
import { parseFromPanel } from "../../../src/protocol/panel/from-panel";

describe("a message from the panel", () => {
  it.each([
    { kind: "ready" },
    { kind: "ask", text: "Why?" },
    { kind: "stop", runId: "run-1" },
    { kind: "accept", proposalId: "proposal-1" },
    { kind: "reviewAll", proposalId: "proposal-1" },
    { kind: "takeTried", proposalId: "proposal-1" },
    { kind: "acceptHunk", proposalId: "proposal-1", fileIndex: 0, block: 2 },
    { kind: "rejectHunk", proposalId: "proposal-1", fileIndex: 1, block: 0 },
    { kind: "placeHere", editId: "edit-1" },
    { kind: "showPlace", editId: "edit-1" },
    { kind: "context", text: "" },
    { kind: "hint", runId: "run-1", text: "Look at the end.", anew: false },
    { kind: "findPlaces", runId: "run-1", names: ["a.ts", "Queue.push"] },
    { kind: "setup", action: "startDaemon" },
  ])("is read as it is: $kind", (message) => {
    expect(parseFromPanel(message)).toEqual(message);
  });

  it("is stripped of all that is none of ours", () => {
    const forged = {
      kind: "acceptHunk",
      proposalId: "proposal-1",
      fileIndex: 0,
      block: 2,
      text: "evil",
      uri: "file:///etc/passwd",
    };
    expect(parseFromPanel(forged)).toEqual({
      kind: "acceptHunk",
      proposalId: "proposal-1",
      fileIndex: 0,
      block: 2,
    });
  });

  it.each([
    ["nothing", undefined],
    ["a number", 7],
    ["an unknown kind", { kind: "run", command: "rm" }],
    ["a kind that every object has", { kind: "toString" }],
    ["a kind that is a list", { kind: ["stop"], runId: "run-1" }],
    ["one name of many that is none", { kind: "findPlaces", runId: "r", names: ["a.ts", "% %"] }],
    ["no id", { kind: "acceptHunk", fileIndex: 0, block: 0 }],
    ["an empty id", { kind: "placeHere", editId: "" }],
    ["a huge id", { kind: "placeHere", editId: "x".repeat(10_000) }],
    ["an index that is none", { kind: "acceptHunk", proposalId: "p", fileIndex: 0, block: -1 }],
    ["an index between two", { kind: "rejectHunk", proposalId: "p", fileIndex: 0.5, block: 0 }],
    ["an index as text", { kind: "rejectHunk", proposalId: "p", fileIndex: "0", block: 0 }],
    [
      "an endless index",
      { kind: "rejectHunk", proposalId: "p", fileIndex: 0, block: Number.POSITIVE_INFINITY },
    ],
    ["a link that is not https", { kind: "openLink", href: "file:///etc/passwd" }],
  ])("is dropped with %s", (_what, message) => {
    expect(parseFromPanel(message)).toBeUndefined();
  });
});
