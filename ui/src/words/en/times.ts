/** How long ago something was, and days. */
import { plural } from "./plural";

export const times = {
  justNow: "just now",
  minutesAgo: (minutes: number) => plural(minutes, (n) => ({ one: `${n} min ago`, other: `${n} min ago` })),
  hoursAgo: (hours: number) => plural(hours, (n) => ({ one: `${n} hour ago`, other: `${n} hours ago` })),
  daysAgo: (days: number) => plural(days, (n) => ({ one: `${n} day ago`, other: `${n} days ago` })),
  onDate: (date: string) => `on ${date}`,
  today: "Today",
  yesterday: "Yesterday",
};
