import { t } from "../../base/l10n";
import type { Locality } from "./locality";

export function localityWords(locality: Locality): string {
  switch (locality) {
    case "thisMachine":
      return t("this machine");
    case "localNetwork":
      return t("local network");
    case "elsewhere":
      return t("elsewhere");
    default:
      return locality satisfies never;
  }
}
