// Days as the community counts them: its clock is China's, wherever the tests run and whatever the hour.

const civil = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short" });

/** The day so many days from now, as a field of dates takes it. */
export function inDays(days) {
  return civil.format(Date.now() + days * 86_400_000);
}

/** First and last day of the last full month. */
export function lastMonth() {
  const [year, month] = inDays(0).split("-").map(Number);
  const iso = (time) => new Date(time).toISOString().slice(0, 10);
  return { from: iso(Date.UTC(year, month - 2, 1)), to: iso(Date.UTC(year, month - 1, 0)) };
}
