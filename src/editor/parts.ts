import type { LogOutputChannel } from "vscode";
import type { HistoryArchive } from "../session/history/history-archive";
import type { RunHistory } from "../session/history/run-history";
import type { Session } from "../session/session";
import type { editChecks } from "./checks/edit-checks";
import type { contextParts } from "./context/context-parts";
import type { ContractDocuments } from "./context/contract-documents";
import type { CarryOut } from "./failures/remedies";
import type { EarlierRuns } from "./history/earlier-runs";
import type { ModelCards } from "./model/model-cards";
import type { modelParts } from "./model/model-parts";
import type { NamedPlaces } from "./panel/named-places";
import type { Panel } from "./panel/panel";
import type { HandPlacing } from "./review/hand-placing";
import type { Review } from "./review/review";
import type { StatusItem } from "./status";
import type { SyntaxClient } from "./syntax/syntax-client";

/**
 * Everything that `extension.ts` builds and others work with, each by one name. Who works with some
 * of it says with which: `Pick<Parts, "session" | "history">`.
 */
export interface Parts
  extends Pick<ReturnType<typeof modelParts>, "connector" | "modelSetup" | "pulls" | "chooseModel">,
    Pick<ReturnType<typeof contextParts>, "desk" | "projects"> {
  readonly archive: HistoryArchive;
  readonly carryOut: CarryOut;
  readonly checks: ReturnType<typeof editChecks>;
  readonly contracts: ContractDocuments;
  readonly earlierRuns: EarlierRuns;
  readonly handPlacing: HandPlacing;
  readonly history: RunHistory;
  /** Resolves when the history of earlier windows is there. */
  readonly loaded: Promise<void>;
  readonly log: LogOutputChannel;
  readonly modelCards: ModelCards;
  readonly panel: Panel;
  readonly review: Review;
  /** Absolute path of the folder that the windows on one project share. */
  readonly runsFolder: string;
  readonly session: Session;
  readonly status: StatusItem;
  readonly syntax: SyntaxClient;
  /** Loaded when the panel first asks about a name. */
  places(): Promise<NamedPlaces>;
}
