import type { Language } from "../language";
import { hashed } from "../shared-facts";

export const sql: Language = {
  id: "sql",
  aliases: `
    mysql pgsql postgres postgresql plsql plpgsql tsql mssql sqlite sqlite3 bigquery mariadb`,
  endings: ".sql",
  files: ".dsql",
  facts: { ...hashed, lineComments: ["--"], blockComment: ["/*", "*/"] },
};
