// What deployed policies let pass on purpose: their `ignore` entries. Pure.
import type { PolicyEntry, RedactionSource } from '../../../../model/index.ts';
import type { DeployedPolicy } from '../words/policies.ts';
import type { Redaction } from '../words/use-redaction.ts';

export interface Suppression { readonly id: string; readonly policy: DeployedPolicy; /** Index in the policy's entries. */ readonly index: number; readonly entry: PolicyEntry; readonly since: { readonly author: string; readonly at: string } }

export const suppressionsOf = (policies: readonly DeployedPolicy[]): readonly Suppression[] =>
  policies.flatMap(policy => policy.document.entries.flatMap((entry, index) => (entry.do === 'ignore' ? [{ id: `${policy.rule.id} ${index}`, policy, index, entry, since: firstWith(policy, entry) }] : [])));

/** The oldest version, in one run up to the deployed one, that has the same entry: who put it there, and when. */
function firstWith(policy: DeployedPolicy, entry: PolicyEntry): Suppression['since'] {
  const same = JSON.stringify(entry);
  let first = policy.version;
  for (const version of policy.versions.filter(each => each.version < policy.version.version).toSorted((a, b) => b.version - a.version)) {
    if (version.document.kind !== 'redaction-policy' || !version.document.entries.some(each => JSON.stringify(each) === same)) break;
    first = version;
  }
  return { author: first.author, at: first.createdAt };
}

/** Findings of the range that it let pass, by the sources that it is about; null when the server does not count them. */
export function ignoredBy({ entry, policy }: Suppression, sources: readonly RedactionSource[], { compileGlob, foldKey }: Globs): number | null {
  if (sources.length > 0 && sources.every(({ ignored }) => ignored === undefined)) return null;
  const globFits = (glob: string | undefined, name: string) => glob === undefined || compileGlob(glob)(foldKey(name));
  return sources.filter(source => (source.ignoredBy ?? []).some(({ id }) => id === policy.rule.id) && fits(entry, source, globFits)).reduce((sum, { ignored = 0 }) => sum + ignored, 0);
}

/** How the redaction itself reads globs. */
export type Globs = Pick<Redaction, 'compileGlob' | 'foldKey'>;

const fits = (entry: PolicyEntry, { key, service, place, detector }: RedactionSource, globFits: (glob: string | undefined, name: string) => boolean): boolean =>
  globFits(entry.key, key) && globFits(entry.service, service) && (entry.in === undefined || entry.in.includes(place)) && (entry.detectors === undefined || entry.detectors.includes('*') || entry.detectors.includes(detector));
