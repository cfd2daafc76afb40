/** What the list says about a subaccount's keys. */
import { count } from "../../numbers";
import { plural } from "./plural";

export const credentials = {
  unfinished: "Unfinished",
  keyRemoved: "Key removed at Twilio",
  notHandedOver: (keys: number) => plural(keys, (n) => ({ one: `${n} not handed over`, other: `${n} not handed over` })),
  cannotBeRead: "Can’t be read",
  notReadYet: "Not read yet",
  noKey: "No key yet",
  madeElsewhere: (keys: number) => plural(keys, (n) => ({ one: `${n} key, made elsewhere`, other: `${n} keys, made elsewhere` })),
  savedHere: (keys: number) => plural(keys, (n) => ({ one: `${n} key, saved here`, other: `${n} keys, saved here` })),
  someSavedHere: (keys: number, saved: number) =>
    plural(keys, (n) => ({ one: `${n} key, ${count(saved)} saved here`, other: `${n} keys, ${count(saved)} saved here` })),
};
