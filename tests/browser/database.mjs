// The embedded database of a running program, asked and written to by Python: for what a flow needs that no page of the program sets up.

import { execFileSync } from "node:child_process";
import { join } from "node:path";

const script = `
import json, sqlite3, sys
database = sqlite3.connect(sys.argv[1], timeout=30)
rows = [database.execute(text, values).fetchall() for text, values in json.load(sys.stdin)]
database.commit()
print(json.dumps(rows))
`;

/** Runs statements, each `[text, values]`, in one transaction; returns the rows of each. */
export function inDatabase(folder, statements) {
  const said = execFileSync("python3", ["-c", script, join(folder, "dragoman.db")], { input: JSON.stringify(statements) });
  return JSON.parse(said.toString());
}
