// How many of so many groups a window's records fall into.

/** At the most what rules make may be of what they take, in bytes and in money: then a prediction is right within a tenth, however wrong the estimate of what is made. */
export const mostMade = 0.08;

/** Expected groups with a record, of `groups` equally likely ones and `records` records. Uneven ones fill fewer. */
export function occupied(groups: number, records: number): number {
  if (groups <= 1) return Math.min(1, records);
  return Math.min(records, groups * -Math.expm1(records * Math.log1p(-1 / groups)));
}
