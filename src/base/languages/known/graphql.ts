import type { Language } from "../language";
import { braced } from "../shared-facts";

export const graphql: Language = {
  id: "graphql",
  aliases: "gql graphqls",
  endings: ".graphql .gql",
  facts: {
    ...braced,
    lineComments: ["#"],
    quotes: '"',
    longQuotes: ['"""'],
    docstrings: true,
  },
};
