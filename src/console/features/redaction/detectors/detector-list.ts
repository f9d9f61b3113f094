// The detectors that fit a search, by family, with their findings of the range. Pure.
import type { RedactionSources } from '../../../../model/index.ts';
import type { Redaction } from '../words/use-redaction.ts';

export type Detector = Redaction['detectorList'][number];
export interface DetectorFamilyGroup { readonly family: Detector['family']; readonly detectors: readonly Detector[] }

export function findDetectors(all: readonly Detector[], find: string, family: string | undefined): readonly DetectorFamilyGroup[] {
  const words = find.toLowerCase().split(/\s+/).filter(word => word !== '');
  const fits = ({ name, title, doc, facts, family: own }: Detector) => (family === undefined || own === family) && words.every(word => [name, title, doc, facts, own].some(text => text.toLowerCase().includes(word)));
  const groups = Map.groupBy(all.filter(fits), each => each.family);
  return [...groups].map(([own, detectors]) => ({ family: own, detectors }));
}

/** Findings by detector over the sources that were answered: a floor when there were more. */
export function hitsOf({ sources }: RedactionSources): ReadonlyMap<string, number> {
  const hits = new Map<string, number>();
  for (const { detector, masked, residual, ignored = 0 } of sources) hits.set(detector, (hits.get(detector) ?? 0) + masked + residual + ignored);
  return hits;
}

const familyTitles: Readonly<Record<string, string>> = { 'source-control': 'Source control', cloud: 'Cloud', saas: 'Software as a service', structural: 'Structural', network: 'Network', personal: 'Personal', financial: 'Financial', 'national-id': 'National ids' };
export const familyTitle = (family: string): string => familyTitles[family] ?? family;

const checkTitles: Readonly<Record<Detector['check'], string>> = { checksum: 'checksum', structure: 'inner structure', shape: 'distinctive shape', context: 'surroundings' };
export const checkTitle = (check: Detector['check']): string => checkTitles[check];

/** The address that a source begins with; words may follow it. Null: it names a document. */
export function addressIn(source: string): URL | null {
  const [address = ''] = /^https:\/\/[^\s;,()]+/.exec(source) ?? [];
  return URL.canParse(address) ? new URL(address) : null;
}
