import { useLanguage } from "../base/l10n";
import type { ToPanel } from "../protocol/panel/to-panel";
import { Announcer, announcement, stepAnnouncement } from "./announcer";
import { connectToHost } from "./bridge";
import { DrawingPace } from "./drawing-pace";
import { keptBy } from "./kept";
import { PlaceLinks } from "./markdown/place-links";
import { drawsAlong, drawWaiting } from "./next-drawing";
import { shippedTexts } from "./shipped-texts";
import { carriesOn, emptyPanel, reduce, runningRun } from "./state";
import { PanelView } from "./view/panel-view";

useLanguage(document.documentElement.lang, shippedTexts());

const root = document.getElementById("panel");
if (root === null) throw new Error("the page has no #panel");

const bridge = connectToHost();
const places = new Map<string, PlaceLinks>();
function placesOf(runId: string): PlaceLinks {
  const known = places.get(runId);
  if (known !== undefined) return known;
  const links = new PlaceLinks({
    find: (names) => bridge.send({ kind: "findPlaces", runId, names }),
    open: (name) => bridge.send({ kind: "openPlace", runId, name }),
  });
  places.set(runId, links);
  return links;
}
const kept = keptBy(bridge);
const view = new PanelView(root, {
  send: bridge.send,
  markdownFor: (runId, key) => ({
    key,
    choices: kept.choices,
    openLink: (href) => bridge.send({ kind: "openLink", href }),
    copy: (text) => bridge.send({ kind: "copy", text }),
    places: placesOf(runId),
  }),
  ...kept,
});
const announcer = new Announcer(view.liveRegion);

let state = emptyPanel;
let heardAt = Date.now();
let ticking: number | undefined;
let drawn: typeof state | undefined;

function render(): void {
  drawWaiting();
  const running = runningRun(state) !== undefined;
  if (state !== drawn) view.update(state, heardAt);
  else if (running) view.tick(state, heardAt);
  drawn = state;
  // The clocks go on with what is drawn anyway: a drawing of their own each second would be one
  // more for a quick model.
  if (running && ticking === undefined) ticking = window.setInterval(() => pace.ask(true), 1_000);
  else if (!running && ticking !== undefined) {
    clearInterval(ticking);
    ticking = undefined;
  }
}

const pace = new DrawingPace(render);
drawsAlong(() => pace.ask(true));

bridge.listen((message) => {
  const before = state;
  state = reduce(state, message);
  if (message.kind === "focusAsk") view.focusAsk();
  if (message.kind === "context") view.showContext(message.pieces);
  if (message.kind === "completions") view.showCompletions(message.query, message.found);
  if (message.kind === "insert") view.insert(message.text);
  if (message.kind === "found") view.showFound(message.found);
  if (message.kind === "places") placesOf(message.runId).told(message.asked, message.found);
  if (message.kind === "replay" && !message.more && !carriesOn(before, state)) {
    view.reset();
    // Files may have come or gone.
    places.clear();
  }
  if (message.kind === "events") {
    heardAt = Date.now();
    const { runId } = message.batch;
    const after = state.runs.find((run) => run.runId === runId);
    if (after !== undefined) {
      const earlier = before.runs.find((run) => run.runId === runId);
      const said = announcement(earlier, after);
      const step = stepAnnouncement(earlier, after);
      if (said !== undefined) announcer.say(said);
      else if (step !== undefined) announcer.mention(step);
    }
  }
  if (state.incomplete && !before.incomplete) bridge.send({ kind: "ready" });
  if (message.kind === "showRun") {
    // It may have come with the replay just before, which is not drawn yet.
    render();
    view.showRun(message.runId);
  }
  if (state !== before) pace.ask(flows(message));
});

/** Text that comes by itself: the next piece follows at once. */
function flows(message: ToPanel): boolean {
  return (
    message.kind === "events" &&
    message.batch.events.every(
      ({ kind }) =>
        kind === "thought" || kind === "answer" || kind === "step" || kind === "progress",
    )
  );
}

render();
bridge.send({ kind: "ready" });
view.restore();
