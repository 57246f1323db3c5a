// Keeps the wall true: reads the data, listens to the journal, reads again after a change, and knows how old it is.
// It never guesses a number from an event: every number comes from the server.

import type { CockpitData, JournalMessage } from "./types";

export type Connection = "connecting" | "connected" | "lost";

/** A burst of events becomes one reading. */
const gather = 200;
/** Limits pass without an event, so the data are read at least this often; it is the sign of life as well. */
const beat = 20_000;
const staleAfter = 60_000;
const reconnectAfter = 3_000;
/** How often a reading that is behind the journal is repeated before the next beat takes over. */
const catchUps = 10;

export class Live {
  data = $state.raw<CockpitData | null>(null);
  connection = $state<Connection>("connecting");
  paused = $state(false);
  now = $state(Date.now());
  private contact = $state(Date.now());

  private stream: EventSource | null = null;
  private gathering: number | undefined;
  private reading = false;
  private again = false;
  /** The newest entry heard of. The tallies follow the journal, so a reading may still be behind it. */
  private newest = 0;
  private behind = 0;

  constructor(
    private readonly community: string,
    private readonly source: string,
  ) {}

  /** Nothing was heard for a minute: the numbers may be wrong by now. */
  get stale(): boolean {
    return this.now - this.contact > staleAfter;
  }

  /** Seconds since the server made the numbers. */
  get age(): number {
    return this.data ? Math.max(0, Math.round((this.now - Date.parse(this.data.at)) / 1000)) : 0;
  }

  /** Starts; what it returns ends it. */
  start(): () => void {
    const ticking = setInterval(() => (this.now = Date.now()), 1000);
    const beating = setInterval(() => void this.read(), beat);
    void this.read().then(() => this.listen());
    return () => {
      clearInterval(ticking);
      clearInterval(beating);
      clearTimeout(this.gathering);
      this.stream?.close();
    };
  }

  toggle(): void {
    this.paused = !this.paused;
    if (!this.paused) void this.read();
  }

  private listen(): void {
    const query = new URLSearchParams({ community: this.community, after: String(this.data?.seq ?? 0) });
    const stream = new EventSource(`/api/v1/events?${query}`);
    this.stream = stream;
    stream.onopen = () => {
      this.connection = "connected";
      this.touch();
    };
    stream.onmessage = (message) => {
      this.touch();
      const { seq } = JSON.parse(message.data as string) as JournalMessage;
      this.newest = Math.max(this.newest, seq);
      this.behind = 0;
      if (seq > (this.data?.seq ?? 0)) this.readSoon();
    };
    stream.onerror = () => {
      this.connection = "lost";
      if (stream.readyState !== EventSource.CLOSED) return;
      setTimeout(() => this.stream === stream && this.listen(), reconnectAfter);
    };
  }

  private readSoon(): void {
    if (this.gathering !== undefined) return;
    this.gathering = window.setTimeout(() => {
      this.gathering = undefined;
      void this.read();
    }, gather);
  }

  /** One reading at a time; what changes meanwhile is read right after. */
  private async read(): Promise<void> {
    if (this.paused) return;
    if (this.reading) {
      this.again = true;
      return;
    }
    this.reading = true;
    try {
      const answer = await fetch(this.source, { headers: { accept: "application/json" } });
      if (answer.ok) {
        this.data = (await answer.json()) as CockpitData;
        this.touch();
      }
    } catch {
      this.connection = "lost";
    } finally {
      this.reading = false;
    }
    if (this.again) {
      this.again = false;
      await this.read();
    } else if (this.newest > (this.data?.seq ?? 0) && this.behind < catchUps) {
      this.behind += 1;
      this.readSoon();
    }
  }

  private touch(): void {
    this.contact = this.now = Date.now();
  }
}
