// The scoring table of redaction policies: what raises the risk that something stays in clear, is lost, or takes time.
//
//   privacy      4 an ignore of everything · 2 an ignore of a whole value by key, 1 of what detectors find (6 together at most) · 2 hash · 1 partial
//                2 some detectors only · 1 detectors left out · 1 known sensitive keys left out · 2 some services only by its targets · 1 some signals only
//                1 no allow-list: what no detector knows passes
//   security     0 a policy cannot start an action · 1 drop: what an investigation would need may be dropped
//   reliability  4 drops every record with a finding (mode) · 2 an entry drops records · 2 an allow-list takes attributes · 1 remove takes attributes
//   cost         0 what is removed is not stored · 1 attributes that say what was done
//   performance  3 every record is scanned · 1 more than twenty patterns of its own · 1 and 2 by records a second
// What hides more never scores higher on privacy.
import type { PolicyEntry, RedactionPolicy } from '../../model/index.ts';
import { globCovers } from '../../redaction/index.ts';
import type { CompiledPolicyRule } from '../types.ts';
import type { RiskFacts, RiskPoint } from './factors.ts';

const point = (axis: RiskPoint['axis'], points: number, reason: string): RiskPoint => ({ axis, points, reason });
const when = (is: boolean, ...points: readonly RiskPoint[]): readonly RiskPoint[] => (is ? points : []);
const counted = (n: number, one: string, more: string): string => `${n.toLocaleString('en')} ${n === 1 ? one : more}`;

export function policyPoints(rule: CompiledPolicyRule, { recordsPerSecond = 0 }: RiskFacts): readonly RiskPoint[] {
  const { policy } = rule;
  return [
    point('privacy', 0, 'It hides secrets and personal data, which lowers the privacy risk of everything behind it.'),
    ...ignorePoints(policy.entries), ...modePoints(policy), ...coveragePoints(rule), ...lossPoints(policy),
    point('security', 0, 'A redaction policy cannot start an action.'), point('performance', 3, 'Every record is scanned for secrets.'),
    ...when((policy.patterns ?? []).length > 20, point('performance', 1, `${counted(policy.patterns?.length ?? 0, 'pattern', 'patterns')} of its own are looked for, too.`)),
    ...when(recordsPerSecond > 10_000, point('performance', recordsPerSecond > 100_000 ? 2 : 1, `${Math.round(recordsPerSecond).toLocaleString('en')} records a second reach it.`)),
  ];
}

const mostForIgnores = 6;

function ignorePoints(entries: readonly PolicyEntry[]): readonly RiskPoint[] {
  const ignores = entries.filter((entry) => entry.do === 'ignore');
  const all = ignores.filter(takesAll);
  const whole = ignores.filter((entry) => !takesAll(entry) && entry.detectors === undefined);
  const found = ignores.length - all.length - whole.length;
  const rest = Math.min(mostForIgnores, 2 * whole.length + found);
  return [
    ...when(all.length > 0, point('privacy', 4, 'An entry ignores everything behind it, so all of that stays in clear.')),
    ...when(rest > 0, point('privacy', rest, `${counted(whole.length + found, 'entry leaves', 'entries leave')} something in clear: ${ignores.slice(0, 3).map(({ key, detectors, reason }) => `${key ?? detectors?.join(', ') ?? 'values'} (${(reason ?? '').slice(0, 80)})`).join('; ')}.`)),
  ];
}

const takesAll = ({ key, in: places, service, detectors }: PolicyEntry): boolean =>
  places === undefined && globCovers(key ?? '*', '*') && globCovers(service ?? '*', '*') && (detectors === undefined || detectors.includes('*'));

function modePoints({ mode, entries }: RedactionPolicy): readonly RiskPoint[] {
  const does = new Set([mode, ...entries.map((entry) => entry.do)]);
  return [
    ...when(does.has('hash'), point('privacy', 2, 'A hash can be guessed where there are few possible values; mask and remove keep nothing.')),
    ...when(does.has('partial'), point('privacy', 1, 'partial leaves the last characters of a value.')),
  ];
}

function coveragePoints({ policy, targets }: CompiledPolicyRule): readonly RiskPoint[] {
  const { detectors, except = [], sensitiveKeys, signals, allow = [] } = policy;
  return [
    ...when(!detectors.includes('*'), point('privacy', 2, `It looks for ${detectors.slice(0, 5).join(', ')}${detectors.length > 5 ? ' and more' : ''} only.`)),
    ...when(except.length > 0, point('privacy', 1, except.includes('*') ? 'It looks for nothing beyond its entries.' : `It does not look for ${except.slice(0, 5).join(', ')}.`)),
    ...when(!sensitiveKeys, point('privacy', 1, 'Keys that semantic conventions know as sensitive do not count.')),
    ...when(targets !== null, point('privacy', 2, 'Records that its targets leave out pass as they are.')),
    ...when(signals !== undefined && new Set(signals).size < 3, point('privacy', 1, `It is for ${signals?.join(' and ') ?? ''} only.`)),
    ...when(allow.length === 0, point('privacy', 1, 'It has no allow-list: personal data that no detector knows passes.')),
  ];
}

function lossPoints({ mode, entries, allow = [], annotate }: RedactionPolicy): readonly RiskPoint[] {
  const drops = entries.some((entry) => entry.do === 'drop');
  const removes = mode === 'remove' || entries.some((entry) => entry.do === 'remove');
  const removesUnnamed = allow.some(({ otherwise }) => otherwise !== 'mask');
  return [
    ...when(mode === 'drop', point('reliability', 4, 'Every record with a finding that no entry is about is dropped.')),
    ...when(drops, point('reliability', 2, 'An entry drops records.')),
    ...when(mode === 'drop' || drops, point('security', 1, 'Records that an investigation would need may be among those that it drops.')),
    ...when(removesUnnamed, point('reliability', 2, 'Attributes that no allow-list names are gone for whoever reads them.')),
    ...when(removes, point('reliability', 1, 'Attributes that it removes are gone for whoever reads them.')),
    ...when(removesUnnamed || removes || drops || mode === 'drop', point('cost', 0, 'What it takes away is not stored.')),
    ...when(annotate !== 'silent', point('cost', 1, 'Each record that it changes carries attributes that say so.')),
  ];
}
