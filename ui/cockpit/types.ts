// What /cockpit/data answers: the contract between the server and the wall. Counts only; nothing here is about a person.

export interface CockpitData {
  community: { code: string; name: string };
  /** When these numbers were true, RFC 3339. */
  at: string;
  /** The last entry of the journal they contain. */
  seq: number;
  figures: Figure[];
  grids: GridCount[];
  categories: CategoryCount[];
  /** One per day, oldest first. */
  trend: TrendDay[];
  /** Newest first. */
  latest: LatestCase[];
}

export interface Figure {
  /** One of the keys under `figure` in locales. */
  key: string;
  /** A count; for a share, numerator / denominator. `null` where nothing was due: shown as a dash. */
  value: number | null;
  numerator?: number;
  /** Makes the figure a share, shown in percent. */
  denominator?: number;
  /** What stands in place of a number that counts too few residents to be shown. */
  withheld?: string;
  definition_key: string;
  /** The list of the rows behind the number; `null` where the visitor may not see them. */
  rows_url: string | null;
}

export interface GridCount {
  code: string;
  name: string;
  level: string;
  open: number;
  overdue: number;
  /** Whether the visitor's list of this grid holds every case that was counted. */
  reads?: true;
}

export interface CategoryCount {
  code: string;
  name: string;
  open: number;
  overdue: number;
}

export interface TrendDay {
  /** YYYY-MM-DD */
  day: string;
  received: number;
  closed: number;
}

export interface LatestCase {
  number: string;
  /** Names, not codes. */
  category: string;
  grid: string;
  /** A state of the life cycle. */
  state: string;
  at: string;
}

/** One message of /api/v1/events: only its place in the journal matters here. */
export interface JournalMessage {
  seq: number;
}
