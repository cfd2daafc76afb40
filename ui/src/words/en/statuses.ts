/** In which state a subaccount is, and what it is said to be in. */
import type { SubaccountStatus } from "../../wire";

export const statuses = {
  of: {
    active: "Active",
    suspended: "Suspended",
    closed: "Closed",
    unknown: "Unknown",
  } satisfies Record<SubaccountStatus, string>,
  /** In place of the status once Twilio no longer lists a subaccount. */
  gone: "Not at Twilio",
};
