/** What was done as a table for another program. There is no secret in it: none is written down. */
import type { Activity, Table } from "../wire";
import { words } from "../words";

/** `numberOf` answers the customer's number of a subaccount; empty where there is none. */
export function activityTable(activity: readonly Activity[], numberOf: (accountSid: string) => string): Table {
  const said = words().activity.table;
  return {
    head: [
      said.time,
      said.what,
      said.customer,
      said.accountSid,
      said.customerNumber,
      said.keySid,
      said.detail,
      said.who,
      said.computer,
      said.requestId,
    ],
    rows: activity.map((one) => [
      { time: one.at },
      { text: words().activity.what[one.what] },
      { text: one.accountName ?? "" },
      { text: one.accountSid ?? "" },
      { text: one.accountSid === null ? "" : numberOf(one.accountSid) },
      { text: one.keySid ?? "" },
      { text: one.detail ?? "" },
      { text: one.user ?? "" },
      { text: one.computer ?? "" },
      { text: one.requestId ?? "" },
    ]),
  };
}
