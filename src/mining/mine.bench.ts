// How many log lines a core mines in a second: all formats of the corpora in one stream, mixed, in bytes as the agent has them. Learning
// is part of each run, for every run begins with an empty miner. Beside it what fills no cache: bodies that never repeat. Prints one
// JSON line; medians. `npm run bench -- mine`
import { cpus } from 'node:os';
import { TemplateMiner } from './index.ts';
import { Chance } from './testing/chance.ts';
import { corpusOf, formatNames } from './testing/corpus.ts';
import { groupingAccuracy } from './testing/grouping.ts';
import { idsOf } from './testing/mining.ts';

const perFormat = 8000;
const runs = 5;
const goal = 500_000;
const corpora = formatNames.map((format) => corpusOf(format, perFormat, 21));
const mixed = new Chance(22).shuffled(corpora.flatMap(({ lines }) => lines)).map((line) => new TextEncoder().encode(line));
const unseen = Array.from({ length: 100_000 }, (_, i) => new TextEncoder().encode(`user ${(i * 2_654_435_761 % 4_294_967_296).toString(26).replace(/\d/g, 'q')} bought the item ${i} today`));

function rates(lines: readonly Uint8Array[]): { readonly median: number; readonly templates: number } {
  const found: number[] = [];
  let templates = 0;
  for (let run = 0; run < runs + 2; run++) {
    const miner = new TemplateMiner();
    const before = process.cpuUsage();
    for (const bytes of lines) miner.mine(bytes, 0, bytes.length);
    const { user, system } = process.cpuUsage(before);
    found.push(lines.length / (user + system) * 1e6);
    ({ templates } = miner.stats());
  }
  return { median: Math.round(found.slice(2).toSorted((a, b) => a - b)[Math.floor(runs / 2)]!), templates };
}

const accuracies = formatNames.map((format) => { const { lines, truth } = corpusOf(format, 2000, 21); return groupingAccuracy(truth, idsOf(new TemplateMiner(), lines)); });
const main = rates(mixed);
console.log(JSON.stringify({
  bench: 'mine', unit: 'lines per CPU second, median', goal, lines: main.median, neverRepeating: rates(unseen).median, templates: main.templates,
  bytesPerLine: Math.round(mixed.reduce((sum, bytes) => sum + bytes.length, 0) / mixed.length), linesMined: mixed.length,
  groupingAccuracyOnCorpora: Math.round(accuracies.reduce((sum, one) => sum + one, 0) / accuracies.length * 1000) / 1000, formats: formatNames.length, runs,
  machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version },
}));
