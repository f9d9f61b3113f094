// Policies that run already and speak of the place in hand: an entry more there is better than a policy more.
import { signals, type PolicyDocument, type RuleDetail, type Signal } from '../../../../model/index.ts';
import type { SecretPlace } from '../../../editor/redact/index.ts';

export interface ExistingPolicy { readonly rule: RuleDetail; readonly text: string; /** Why it is offered, in a few words. */ readonly why: string; /** It names the very key. */ readonly covers: boolean; /** Those that it works on. */ readonly signals: readonly Signal[] }

/** Deployed policies; those that name the key first, then those that name the service. @param fits whether a glob means a name */
export function existingPolicies(rules: readonly RuleDetail[], at: SecretPlace, fits: (glob: string, name: string) => boolean): readonly ExistingPolicy[] {
  return rules.flatMap((rule): readonly ExistingPolicy[] => {
    const latest = rule.versions.find(({ version }) => version === rule.latestVersion);
    if (rule.state !== 'deployed' || rule.mode !== 'live' || latest?.document.kind !== 'redaction-policy') return [];
    const nearness = nearnessOf(latest.document, at, fits);
    return [{ rule, text: latest.text, covers: nearness === 2, signals: latest.document.signals ?? signals, why: nearness === 2 ? `it names ${at.key === '' ? `the ${at.place}` : at.key} already` : nearness === 1 ? `it speaks of ${at.service} already` : 'it runs already' }];
  }).toSorted((a, b) => Number(b.covers) - Number(a.covers));
}

function nearnessOf({ entries }: PolicyDocument, { service, key, place }: SecretPlace, fits: (glob: string, name: string) => boolean): 0 | 1 | 2 {
  const ofService = entries.filter((entry) => entry.service === undefined || fits(entry.service, service));
  if (ofService.some((entry) => (entry.key !== undefined && key !== '' && fits(entry.key, key)) || (key === '' && entry.key === undefined && entry.in?.includes(place) === true))) return 2;
  return ofService.some((entry) => entry.service !== undefined) ? 1 : 0;
}
