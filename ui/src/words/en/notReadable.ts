/** What is said where a part of a subaccount, or a row of Twilio's list, could not be read. */
import { lists } from "./lists";
import { plural } from "./plural";

export const notReadable = {
  /** Why, in two or three words. */
  short: {
    status: (status: number) => `Twilio said ${status}`,
    oddAnswer: "Odd answer",
    noAnswer: "No answer",
  },
  /** Why, as a sentence. */
  why: {
    anotherAccount: "The answer was about another account, so it was not used.",
    oddAnswer: "An answer came, and this part of it is not as it should be.",
    noAnswer: "No answer came.",
    refused: (status: number, code: number | null) =>
      code === null ? `Twilio refused it (${status}).` : `Twilio refused it (${status}, code ${code}).`,
    refusedWith: (status: number, code: number | null, twilioWords: string) =>
      code === null ? `Twilio refused it (${status}): “${twilioWords}”` : `Twilio refused it (${status}, code ${code}): “${twilioWords}”`,
  },
  /** What, with the sentence that says why. */
  keys: (why: string) => `The keys of this subaccount cannot be read. ${why}`,
  usage: (why: string) => `This month’s usage of this subaccount cannot be read. ${why}`,
  usageShort: (why: string) => `This month’s usage cannot be read. ${why}`,
  keysWithoutSid: (keys: number) =>
    plural(keys, (n) => ({
      one: `Twilio’s list has ${n} more key here. Its SID cannot be read. No key counts as gone because of it.`,
      other: `Twilio’s list has ${n} more keys here. Their SIDs cannot be read. No key counts as gone because of it.`,
    })),

  /** Of the list as a whole. */
  oddRows: (rows: number) =>
    plural(rows, (n) => ({
      one: `${n} row of Twilio’s list is not as it should be, and is shown as far as it can be read.`,
      other: `${n} rows of Twilio’s list are not as they should be, and are shown as far as they can be read.`,
    })),
  /** `names` are those of the rows that are named. */
  rowsWithoutSid: (rows: number, names: readonly string[]) => {
    const quoted = names.map((name) => `“${name}”`);
    const named = rows > names.length ? lists.and([...quoted, "others"]) : lists.plain(quoted);
    const which = names.length === 0 ? "" : `: ${named}`;
    return plural(rows, (n) => ({
      one: `${n} row has no Account SID that can be read, and cannot be shown${which}. No subaccount counts as gone because of it.`,
      other: `${n} rows have no Account SID that can be read, and cannot be shown${which}. No subaccount counts as gone because of it.`,
    }));
  },
  mayGoOn: "The list may be longer: the link to the rest of it cannot be read.",
};
