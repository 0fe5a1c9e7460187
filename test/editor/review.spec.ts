import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { hunksOf } from "../../src/core/edit/hunks";
import type { FileProposal } from "../../src/protocol/proposal";
import { failureKind, inSession, proposalIn, session, type, until, withSettings } from "./session";

const before = "def add(a, b):\n    return a - b\n";

describe("the review of a proposal", () => {
  inSession();

  /** Puts a proposal into the history as a run would, for a file that no honest run would name. */
  async function smuggle(file: Partial<FileProposal> & { readonly uri: string }): Promise<string> {
    const path = "target.py";
    const target = session.write(path, before);
    await session.show(target);
    const created = { change: "create", base: "", proposed: "print('mine now')\n" } as const;
    const found = { hunks: [], match: "exact", syntax: "clean", notices: [] } as const;
    const whole = { path: "evil.py", languageId: "python", ...created, ...found, ...file };
    return session.smuggle([whole], undefined, { uri: target.toString(), path });
  }

  it("is a diff of the real file and a document that can be edited", async () => {
    const uri = session.write("shown.py", before);
    const id = await session.proposal(uri, "    return a - b", "    return a + b");
    const input = session.diffs()[0]?.input;
    assert.ok(input instanceof vscode.TabInputTextDiff);
    assert.equal(input.original.toString(), uri.toString());
    assert.equal(vscode.workspace.fs.isWritableFileSystem(input.modified.scheme), true);
    assert.equal(session.reviewDocument(id)?.getText(), before.replace("a - b", "a + b"));
    assert.equal(session.reviewDocument(id)?.languageId, "python");
  });

  it("changes nothing when the proposal is rejected, and closes", async () => {
    const uri = session.write("rejected.py", before);
    const id = await session.proposal(uri, "    return a - b", "    return a + b");
    await vscode.commands.executeCommand("thinkaloud.reject");
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.getText(), before);
    assert.ok(!document.isDirty);
    assert.deepEqual(session.diffs(), []);
    assert.deepEqual(session.states(id), ["rejected"]);
    assert.equal(await failureKind(session.parts.review.accept(id)), "proposalGone");
    assert.equal(document.getText(), before);
  });

  it("closes when the run that it belongs to is deleted", async () => {
    const uri = session.write("deleted-run.py", before);
    const id = await session.proposal(uri, "    return a - b", "    return a + b");
    const { history, archive } = session.parts;
    const run = history.runs.find(({ events }) =>
      events.some((event) => event.kind === "proposal" && event.proposal.id === id),
    );
    await history.flush();
    assert.equal(await archive.delete([run?.runId ?? ""]), 1);
    await until("the review is closed", () => session.diffs().length === 0);
  });

  it("accepts nothing by itself, also with auto save and with typing in the review", async () => {
    await withSettings("files", { autoSave: "afterDelay", autoSaveDelay: 50 }, async () => {
      const uri = session.write("unattended.py", before);
      const id = await session.proposal(uri, "    return a - b", "    return a + b");
      const shown = session.review(id);
      await type(shown, new vscode.Position(0, 0), "# typed into the review\n");
      await until("the review is saved into memory", () => !shown.isDirty);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      assert.equal(session.bytes("unattended.py").toString(), before);
      assert.equal(await session.text(uri), before);
      await session.closeAll();
      assert.equal(session.bytes("unattended.py").toString(), before);
      assert.deepEqual(session.states(id), []);
    });
  });

  it("can be closed and opened again, with the person's changes still in it", async () => {
    const uri = session.write("reopened.py", before);
    const id = await session.proposal(uri, "    return a - b", "    return a + b");
    const shown = session.review(id);
    await type(shown, new vscode.Position(1, 16), "  # checked");
    await until("the review is saved into memory", () => !shown.isDirty);
    await session.closeAll();
    await vscode.commands.executeCommand("thinkaloud.openDiff");
    await until("the diff is open again", () => session.diffs().length === 1);
    await vscode.commands.executeCommand("thinkaloud.accept");
    assert.equal(await session.text(uri), "def add(a, b):\n    return a + b  # checked\n");
  });

  it("of a new file shows it beside nothing, and accepting creates it", async () => {
    const uri = session.write("adding.py", before);
    session.answer = {
      answer:
        "```python\nfrom adding import add\n\n\ndef test_add():\n    assert add(1, 2) == 3\n```\n",
    };
    await session.show(uri);
    const events = await session.run("thinkaloud.writeTests");
    const path = session.path(proposalIn(events).files[0]?.path ?? "");
    await until("the diff is open", () => session.diffs().length === 1);
    assert.ok(!existsSync(path));
    await vscode.commands.executeCommand("thinkaloud.accept");
    assert.equal(
      readFileSync(path, "utf8"),
      "from adding import add\n\n\ndef test_add():\n    assert add(1, 2) == 3\n",
    );
    rmSync(path);
  });

  it("of a new file in new folders is taken back with the folders, as far as they are empty", async () => {
    const file = "fresh/deep/er/new.py";
    const id = await smuggle({ uri: vscode.Uri.file(session.path(file)).toString(), path: file });
    await session.parts.review.accept(id);
    assert.ok(existsSync(session.path(file)));
    session.write("fresh/mine.txt", "mine\n");
    await vscode.commands.executeCommand("undo");
    await until("the folders are gone", () => !existsSync(session.path("fresh/deep")));
    assert.equal(session.bytes("fresh/mine.txt").toString(), "mine\n");
    rmSync(session.path("fresh"), { recursive: true });
  });

  it("of a new file, accepted in a window that is gone, is taken back with its file", async () => {
    const file = "earlier.py";
    const uri = vscode.Uri.file(session.path(file));
    const hunks = hunksOf("", "print('mine now')\n");
    const id = await smuggle({ uri: uri.toString(), path: file, hunks });
    session.write(file, "print('mine now')\n");
    session.parts.history.add(id, {
      ...{ kind: "proposalState", at: 3, proposalId: id, state: "accepted" },
    });
    await session.parts.review.undo(id);
    assert.ok(!existsSync(session.path(file)));
    assert.deepEqual(session.blockStates(id), ["0/0 undone"]);
  });

  it("never overwrites a file that came to be meanwhile", async () => {
    const taken = session.write("taken.py", "mine\n");
    const id = await smuggle({ uri: taken.toString(), path: "taken.py" });
    assert.equal(await failureKind(session.parts.review.accept(id)), "documentConflict");
    assert.equal(session.bytes("taken.py").toString(), "mine\n");
  });

  describe("refuses a file", () => {
    let outside: string;
    beforeEach(() => {
      outside = mkdtempSync(join(tmpdir(), "thinkaloud-outside-"));
    });
    afterEach(() => rmSync(outside, { recursive: true, force: true }));

    it("outside of the workspace", async () => {
      writeFileSync(join(outside, "victim.py"), before);
      const uri = vscode.Uri.file(join(outside, "victim.py")).toString();
      const edit = await smuggle({ uri, change: "edit", base: before, proposed: "gone\n" });
      assert.equal(await failureKind(session.parts.review.accept(edit)), "applyRefused");
      assert.equal(await failureKind(session.parts.review.open(edit)), "applyRefused");
      const create = await smuggle({ uri: vscode.Uri.file(join(outside, "new.py")).toString() });
      assert.equal(await failureKind(session.parts.review.accept(create)), "applyRefused");
      assert.equal(readFileSync(join(outside, "victim.py"), "utf8"), before);
      assert.ok(!existsSync(join(outside, "new.py")));
    });

    it("that climbs out of it", async () => {
      const climbing = `${vscode.Uri.file(session.folder).toString()}/sub/../../climbed.py`;
      const id = await smuggle({ uri: climbing });
      assert.equal(await failureKind(session.parts.review.accept(id)), "applyRefused");
      assert.ok(!existsSync(join(session.folder, "..", "climbed.py")));
    });

    it("behind a link that leads out of it", async () => {
      const link = session.path("link");
      symlinkSync(outside, link);
      try {
        const id = await smuggle({ uri: vscode.Uri.file(join(link, "new.py")).toString() });
        assert.equal(await failureKind(session.parts.review.accept(id)), "applyRefused");
        assert.ok(!existsSync(join(outside, "new.py")));
      } finally {
        rmSync(link);
      }
    });

    it("of the repository's own data", async () => {
      const hooks = session.path(".git/hooks");
      mkdirSync(hooks, { recursive: true });
      for (const path of [".git/hooks/pre-commit", ".GIT/config"]) {
        const id = await smuggle({ uri: vscode.Uri.file(session.path(path)).toString() });
        assert.equal(await failureKind(session.parts.review.accept(id)), "applyRefused");
        assert.ok(!existsSync(session.path(path)));
      }
      rmSync(session.path(".git"), { recursive: true });
    });
  });
});
