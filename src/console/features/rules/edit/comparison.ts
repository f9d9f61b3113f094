// Which two texts the comparison shows. What a person asked for is shown; unasked, it is what differs from the text in hand: the
// deployed version, else the one saved last, else the one before it. Nothing is ever compared with itself unasked.
import type { RuleDetail, RuleVersion } from '../../../../model/index.ts';

/** `right` null is the text in hand. */
export interface Comparison { readonly left: RuleVersion; readonly right: RuleVersion | null }
export interface Asked { readonly version?: number | undefined; readonly against?: number | undefined }

type Rule = Pick<RuleDetail, 'versions' | 'deployedVersion' | 'latestVersion'>;

/** Null when there is nothing yet that the text in hand could differ from. */
export function comparisonOf(rule: Rule, text: string, { version, against }: Asked): Comparison | null {
  const find = (wanted: number | null | undefined) => rule.versions.find(each => each.version === wanted) ?? null;
  const right = find(against);
  const asked = find(version);
  if (asked !== null) return { left: asked, right };
  const older = rule.versions.toSorted((a, b) => b.version - a.version);
  const shown = right?.text ?? text;
  const left = [find(rule.deployedVersion), find(rule.latestVersion), ...older].find(each => each !== null && each !== right && each.text !== shown && (right === null || each.version < right.version));
  return left === undefined || left === null ? null : { left, right };
}

/** "Compare" on a row of the list of versions: with the text in hand; of the very text in hand, what that version changed. */
export function askedFor(rule: Rule, text: string, version: number): Asked {
  const own = rule.versions.find(each => each.version === version);
  const before = rule.versions.filter(each => each.version < version).toSorted((a, b) => b.version - a.version)[0];
  return own?.text === text && before !== undefined ? { version: before.version, against: version } : { version };
}
