// Rates and times as a person reads them.
export function perSecondText(rate: number): string {
  if (rate >= 1) return `${rate >= 100 ? Math.round(rate) : Number(rate.toFixed(1))}/s`;
  return rate * 60 >= 1 ? `${Number((rate * 60).toFixed(1))}/min` : `${Number((rate * 3600).toFixed(1))}/h`;
}

/** Two rates in one unit, that of the greater: they are to be compared. */
export function rateTexts(was: number, now: number): readonly [string, string] {
  const greater = Math.max(was, now);
  const [times, unit] = greater >= 1 ? [1, '/s'] : greater * 60 >= 1 ? [60, '/min'] : [3600, '/h'];
  const text = (rate: number): string => `${rate * times >= 100 ? Math.round(rate * times) : Number((rate * times).toPrecision(rate * times >= 10 ? 3 : 2))}${unit}`;
  return [text(was), text(now)];
}

export const recordsText = (count: number): string => `${count} record${count === 1 ? '' : 's'}`;

export function durationText(ms: number): string {
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`;
  return ms < 7_200_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`;
}
