/** The name of an account by its SID: the main account's, a subaccount's, or the SID in short where neither is known. */
import { shortSid } from "../names";
import { app } from "./app.svelte";
import { list } from "./list.svelte";

export function accountName(sid: string): string {
  if (app.connection?.accountSid === sid) return app.connection.name;
  return list.entry(sid)?.row.name ?? shortSid(sid);
}
