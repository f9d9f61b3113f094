// Rates and times as a person reads them.
export function perSecondText(rate: number): string {
  if (rate >= 1) return `${rate >= 100 ? Math.round(rate) : Number(rate.toFixed(1))}/s`;
  return rate * 60 >= 1 ? `${Number((rate * 60).toFixed(1))}/min` : `${Number((rate * 3600).toFixed(1))}/h`;
}

export function durationText(ms: number): string {
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`;
  return ms < 7_200_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`;
}
