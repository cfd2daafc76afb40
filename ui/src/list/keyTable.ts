/** The list of keys as a table for another program. There is no secret in it: none is in the list. */
import type { Table, TableCell } from "../wire";
import { words } from "../words";
import { secretOf } from "./keyColumns";
import type { KeyEntry } from "./keyEntries";

/** `numberOf` answers the customer's number of a subaccount; empty where there is none. */
export function keyTable(entries: readonly KeyEntry[], numberOf: (accountSid: string) => string): Table {
  const said = words().keyList.table;
  return {
    head: [
      said.key,
      said.keySid,
      said.customer,
      said.customerNumber,
      said.accountSid,
      said.type,
      said.region,
      said.createdAt,
      said.secret,
      said.handedOverTo,
      said.handedOverAt,
      said.provedAt,
      said.refusedAt,
    ],
    rows: entries.map((entry) => {
      const { key, listed } = entry;
      return [
        { text: key.name },
        { text: key.sid },
        { text: listed.accountName },
        { text: numberOf(listed.accountSid) },
        { text: listed.accountSid },
        { text: words().keyList.types[key.keyType] },
        { text: words().keyList.regions[key.region] },
        timeOf(key.createdAt),
        { text: secretOf(entry).label },
        { text: key.handedOver?.serviceName ?? "" },
        timeOf(key.handedOver?.at ?? null),
        timeOf(key.provedAt),
        timeOf(key.refusedAt),
      ];
    }),
  };
}

function timeOf(time: string | null): TableCell {
  return time === null ? { text: "" } : { time };
}
