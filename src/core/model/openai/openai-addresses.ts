import type { AddressForm } from "../normalise-endpoint";

/**
 * `http://host/v1/chat/completions` is copied along; 8000 is vLLM's port, and who leaves the path
 * away means `/v1`.
 */
export const openAiAddresses: AddressForm = {
  defaultPort: "8000",
  ownPath: /\/(?:chat\/completions|completions|models)$/i,
  path: "/v1",
};
