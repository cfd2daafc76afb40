/** What was done: the newest of what the search, the kind and the time leave, and how much that is in all. */
import { backend } from "../backend";
import { activityColumns, rowsOf, sorted, type ActivityColumn, type ActivityRow } from "../list/activityColumns";
import { kindsOf, type ActivityGroup } from "../list/activityGroups";
import { spanOf, type Days, type TimeChoice } from "../list/activityTimes";
import { nextOrder, type Order } from "../list/columns";
import { isEmpty, matches, queryOf, type Query } from "../list/search";
import type { ActivityQuery, Failure } from "../wire";
import { openAccount } from "./account";
import { clock } from "./clock.svelte";
import { Latest } from "./latest";
import { list } from "./list.svelte";

/** As many are shown at first, and as many more each time that more are asked for. */
const firstShown = 200;
const moreShown = 500;

/** Who types goes on typing within so many milliseconds. */
const untilTyped = 250;

const newestFirst: Order<ActivityColumn> = { column: "when", descending: true };
const noDays: Days = { from: "", to: "" };

class ActivityLog {
  rows = $state.raw<ActivityRow[]>([]);
  /** How many there are in all of what was looked for. */
  count = $state(0);
  loaded = $state(false);
  /** Nothing was ever done. */
  none = $state(false);
  /** What the rows are the answer to. */
  answered = $state<string | null>(null);
  readingMore = $state(false);
  failure = $state.raw<Failure | null>(null);

  text = $state("");
  group = $state<ActivityGroup | null>(null);
  time = $state<TimeChoice | null>(null);
  days = $state.raw<Days>(noDays);
  order = $state.raw<Order<ActivityColumn>>(newestFirst);
  /** The row that the arrow keys are on, and the one whose pane is open. */
  active = $state<string | null>(null);
  opened = $state.raw<ActivityRow | null>(null);

  readonly query: Query = $derived(queryOf(this.text));
  readonly narrowed: boolean = $derived(!isEmpty(this.query) || this.group !== null || this.time !== null);
  readonly shown: ActivityRow[] = $derived(sorted(this.rows, this.order));
  readonly more: number = $derived(Math.min(moreShown, this.count - this.rows.length));

  #limit = firstShown;
  #typing: ReturnType<typeof setTimeout> | undefined;
  readonly #reading = new Latest();

  constructor() {
    openAccount.forgets(this);
  }

  /** Reads what is looked for; nothing is asked of Twilio. */
  async load(): Promise<void> {
    this.#stopTyping();
    const question = this.question();
    const asked = JSON.stringify(question);
    const ofAll = !this.narrowed;
    const answer = await this.#reading.ask(() => backend.activity(question, this.#limit));
    if (answer === null) return;
    this.failure = answer.failure;
    if (answer.value === null && asked === this.answered) return;
    this.answered = answer.value === null ? null : asked;
    this.rows = rowsOf(answer.value?.newest ?? []);
    this.count = answer.value?.count ?? 0;
    this.loaded = answer.value !== null;
    this.none = ofAll && answer.value?.count === 0;
  }

  search(text: string): void {
    this.text = text;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#lookAnew(), untilTyped);
  }

  /** The rows are those of what was typed. */
  async settled(): Promise<void> {
    if (this.#typing !== undefined || this.#reading.pending) await this.#lookAnew();
  }

  narrowTo(group: ActivityGroup | null): void {
    this.group = group;
    void this.#lookAnew();
  }

  chooseTime(time: TimeChoice | null): void {
    this.time = time;
    void this.#lookAnew();
  }

  chooseDays(days: Days): void {
    this.days = days;
    void this.#lookAnew();
  }

  async showMore(): Promise<void> {
    if (this.readingMore) return;
    this.readingMore = true;
    this.#limit += moreShown;
    await this.load();
    this.readingMore = false;
  }

  showAll(): void {
    this.#forgetFilter();
    void this.#lookAnew();
  }

  sortBy(column: ActivityColumn): void {
    this.order = nextOrder(activityColumns, this.order, column);
  }

  question(): ActivityQuery {
    const found = isEmpty(this.query) ? null : list.entries.filter((entry) => matches(entry, this.query));
    return {
      accounts: found?.map(({ row }) => row.sid) ?? null,
      kinds: this.group === null ? null : kindsOf(this.group),
      ...spanOf(this.time, this.days, clock.now),
    };
  }

  reset(): void {
    this.#reading.overtake();
    this.#stopTyping();
    this.#forgetFilter();
    this.#limit = firstShown;
    this.answered = null;
    this.rows = [];
    this.count = 0;
    this.loaded = false;
    this.none = false;
    this.readingMore = false;
    this.failure = null;
    this.order = newestFirst;
    this.active = null;
    this.opened = null;
  }

  #lookAnew(): Promise<void> {
    this.#limit = firstShown;
    return this.load();
  }

  #stopTyping(): void {
    clearTimeout(this.#typing);
    this.#typing = undefined;
  }

  #forgetFilter(): void {
    this.text = "";
    this.group = null;
    this.time = null;
    this.days = noDays;
  }
}

export const activity = new ActivityLog();
