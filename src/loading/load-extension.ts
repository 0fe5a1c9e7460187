import { join } from "node:path";
import { thinkaloudFolders } from "../model-setup/folders";
import { requireCached } from "./cached-code";

const main = join(__dirname, "main.cjs");

export const { activate, deactivate } = requireCached<Record<"activate" | "deactivate", unknown>>(
  main,
  thinkaloudFolders().code,
);
