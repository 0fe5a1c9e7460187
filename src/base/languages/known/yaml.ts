import type { Language } from "../language";
import { hashed } from "../shared-facts";

export const yaml: Language = {
  id: "yaml",
  aliases: `
    yml dockercompose docker-compose github-actions-workflow ansible helm azure-pipelines
    home-assistant k8s kubernetes eyaml openapi`,
  endings: ".yaml .yml",
  files: ".eyaml .eyml .cff",
  facts: hashed,
  quietAs: "thinkaloud-yaml",
};

export const dockerCompose: Language = {
  id: "dockercompose",
  dialectOf: "yaml",
  files: `
    compose.yml compose.yaml compose.*.yml compose.*.yaml *docker*compose*.yml
    *docker*compose*.yaml`,
};

export const pipelines: Language = { id: "azure-pipelines", dialectOf: "yaml" };

export const workflows: Language = { id: "github-actions-workflow", dialectOf: "yaml" };
