// Who there is to sign in as: what `ikker demo --json` printed.
import { readFileSync } from "node:fs";

export type Role = "guardian" | "teacher" | "specialist" | "office" | "director";

export interface Account {
  role: Role;
  name: string;
  email: string;
  password: string;
}

/** The nth account with a role, from 0. */
export function account(role: Role, nth = 0): Account {
  const file = process.env.IKKER_E2E_ACCOUNTS;
  if (!file) throw new Error("no accounts: the server was not started");
  const { accounts } = JSON.parse(readFileSync(file, "utf8")) as { accounts: Account[] };
  const found = accounts.filter((account) => account.role === role)[nth];
  if (!found) throw new Error(`the demo school has no ${role} number ${nth}`);
  return found;
}
