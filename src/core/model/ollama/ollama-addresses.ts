import type { AddressForm } from "../normalise-endpoint";

/** As the daemon itself reads them; `http://host/v1` and `http://host/api/chat` are copied along. */
export const ollamaAddresses: AddressForm = {
  defaultPort: "11434",
  ownPath:
    /\/(?:v1(?:\/(?:chat\/completions|completions|models))?|api(?:\/(?:chat|generate|tags|show|ps|version|pull))?)$/i,
  path: "",
};

/** `OLLAMA_HOST`: a daemon that finds a bad port in it listens at its own one. */
export const ollamaHost: AddressForm = { ...ollamaAddresses, badPortIsOwn: true };
