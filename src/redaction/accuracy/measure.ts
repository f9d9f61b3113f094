// Precision and recall of every detector on text of our own making: all detectors look at every text, as they do in use.
import { generators, seededRandom, type Sample } from '../generate/index.ts';
import { createScanner, detectorList, type Finding, type Scanner } from '../index.ts';
import { benignLines } from './benign.ts';

export interface Row {
  readonly detector: string;
  /** Secrets that were written into lines. */
  readonly samples: number;
  /** Of these, hidden whole under the detector's own name, with nothing beside. */
  readonly found: number;
  /** Of these, hidden whole under another detector's name or with text beside. */
  readonly misnamed: number;
  /** Findings of the detector where there is no secret: in look-alikes of its own, in ordinary lines, beside a secret. */
  readonly wrong: number;
}

export interface Accuracy { readonly rows: readonly Row[]; readonly ordinaryLines: number; readonly lookAlikes: number }

export const samplesEach = 100;
const ordinaryLines = 4000;
/** Any number; another one gives other samples and, within the last digit, the same table. */
const seed = 20_261_123;

export function measure(): Accuracy {
  const scanner = allDetectors();
  const wrong = new Map<string, number>();
  const blame = (findings: readonly Finding[]): void => { for (const { detector } of findings) wrong.set(detector, (wrong.get(detector) ?? 0) + 1); };
  const lines = benignLines(seededRandom(seed), ordinaryLines);
  for (const line of lines) blame(scanner.scanText(line));
  let lookAlikes = 0;
  const counted = generators.map((generator, i) => {
    const random = seededRandom(seed + i * 7919);
    let found = 0;
    let misnamed = 0;
    for (let n = 0; n < samplesEach; n++) {
      const sample = generator.positive(random);
      const findings = scanner.scanText(sample.text, sample.key);
      if (findings.some((one) => one.detector === generator.detector && one.start === sample.start && one.end === sample.end)) found++;
      else if (findings.some((one) => one.start <= sample.start && one.end >= sample.end)) misnamed++;
      blame(findings.filter((one) => isBeside(one, sample) && !alsoThere[generator.detector]?.includes(one.detector)));
      for (const { text, key } of generator.negatives(random)) {
        lookAlikes++;
        blame(scanner.scanText(text, key).filter((one) => one.detector === generator.detector));
      }
    }
    return { detector: generator.detector, samples: samplesEach, found, misnamed };
  });
  const byName = new Map(counted.map((one) => [one.detector, one]));
  return { ordinaryLines: lines.length, lookAlikes, rows: detectorList.map(({ name }) => ({ ...(byName.get(name) ?? { detector: name, samples: 0, found: 0, misnamed: 0 }), wrong: wrong.get(name) ?? 0 })) };
}

/** Lines that hold something else as well, by the detector whose line it is: the user's name before a digest. */
const alsoThere: Readonly<Record<string, readonly string[]>> = { 'digest-response': ['user-name'] };

const isBeside = (one: Finding, sample: Sample): boolean => one.end <= sample.start || one.start >= sample.end;

function allDetectors(): Scanner {
  const made = createScanner(['*']);
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}
