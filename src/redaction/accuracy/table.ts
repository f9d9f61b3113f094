// The text of DETECTORS.md: what each detector finds, where its format is documented, and how well it does.
import { detectorFamilies, detectorList, type DetectorFamily, type DetectorInfo } from '../index.ts';
import { measure, samplesEach, type Row } from './measure.ts';

const familyTitles: Readonly<Record<DetectorFamily, string>> = {
  'source-control': 'Source control and packages', cloud: 'Cloud', saas: 'Services', structural: 'Structural', network: 'Network', personal: 'Personal', financial: 'Financial', 'national-id': 'National identifiers',
};

export function detectorsDocument(): string {
  const { rows, ordinaryLines, lookAlikes } = measure();
  const byName = new Map(rows.map((row) => [row.detector, row]));
  return [
    '# Detectors', '',
    `${detectorList.length} detectors. This file is written by \`node src/redaction/accuracy/write-table.ts\`; a test fails when it is out of date.`, '',
    '## How the figures come about', '',
    `Every detector has a generator (\`generate/\`) that makes secrets right in form and writes them into lines of telemetry, ${samplesEach} for this table, from a fixed seed. All detectors`,
    `look at every text at once, as in use. Added to these are ${lookAlikes} look-alikes and ${ordinaryLines} ordinary lines (\`accuracy/benign.ts\`) that hold nothing.`, '',
    '- **found**: hidden whole, under this name, and nothing beside it. **misnamed**: hidden whole, but under another name or with text beside it. The rest was missed.',
    '- **recall**: found and misnamed, of the samples. **precision**: of all findings under this name and the misnamed ones, those that hid a secret; a finding in a look-alike of the detector\u2019s own, in an ordinary line or beside a secret counts against it.',
    '- **check**: how sure a finding can be. `checksum` and `structure` were computed, `shape` is a distinctive form, `context` is a name before the value.', '',
    'The corpus is our own: it says that detectors do what their facts say, and not how often the world departs from these facts.', '',
    ...summary(rows), '',
    '## Figures', '', '| detector | family | check | samples | found | precision | recall | misnamed |', '|---|---|---|---:|---:|---:|---:|---:|',
    ...detectorFamilies.flatMap((family) => inFamily(family).map((one) => figures(one, byName.get(one.name)!))), '',
    ...detectorFamilies.flatMap(facts),
  ].join('\n');
}

const inFamily = (family: DetectorFamily): readonly DetectorInfo[] => detectorList.filter((one) => one.family === family);
/** `1.00` is all of them, never rounded up. */
const ratio = (part: number, whole: number): string => (whole === 0 ? '-' : (Math.floor((part / whole) * 1000) / 1000).toFixed(3));
const total = (rows: readonly Row[], of: (row: Row) => number): number => rows.reduce((sum, row) => sum + of(row), 0);

function summary(rows: readonly Row[]): string[] {
  const samples = total(rows, (row) => row.samples);
  const hidden = total(rows, (row) => row.found + row.misnamed);
  const wrong = total(rows, (row) => row.wrong);
  return [`All together: ${samples} samples, ${hidden} hidden (recall ${ratio(hidden, samples)}), ${total(rows, (row) => row.misnamed)} of them misnamed, ${wrong} findings where there was nothing (precision ${ratio(hidden, hidden + wrong)}).`];
}

function figures({ name, family, check }: DetectorInfo, { samples, found, misnamed, wrong }: Row): string {
  return `| ${name} | ${family} | ${check} | ${samples} | ${found} | ${ratio(found + misnamed, found + misnamed + wrong)} | ${ratio(found + misnamed, samples)} | ${misnamed} |`;
}

function facts(family: DetectorFamily): string[] {
  return [`## ${familyTitles[family]}`, '', ...inFamily(family).flatMap(({ name, title, version, doc, facts: format, source }) => [
    `**${name}** (${title}, version ${version}). ${doc} Format: ${escaped(format)} Source: ${source.startsWith('http') ? `<${source}>` : source}.`, '',
  ])];
}

/** Underscores and stars of formats are no emphasis, angle brackets no markup. */
const escaped = (text: string): string => text.replace(/[_*<|\\]/g, '\\$&');
