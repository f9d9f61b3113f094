// Fuzzes the scanner for a time: `node src/redaction/fuzz/redaction-fuzz.bench.ts --seconds 60 --seed 1`. Prints one JSON line: cases,
// bytes, the worst cost of a byte, and the largest factor by which a text of 32 KiB costs more when it is doubled (2 is linear, 4
// quadratic): by the clock, and where the clock says more than 2.5, by the bytes that are read, which a busy machine does not
// change. Ends with code 1 on a crash, a broken property, or growth of more than 3.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { seededRandom } from '../generate/index.ts';
import { createScanner, KeyRing } from '../index.ts';
import { readGrowth } from './counted-bytes.ts';
import { brokenProperty } from './properties.ts';
import { growingText, hostileText } from './texts.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' } } });
const made = createScanner(['*'], { keys: new KeyRing(new Uint8Array(32).fill(7)) });
if (!made.ok) throw new Error(made.error.message);
const scanner = made.value;
const random = seededRandom(Number(values.seed));
const baseBytes = 32 * 1024;
const mostGrowth = 3;
/** Growth by the clock from which readings are counted. */
const plainGrowth = 2.5;
/** Texts that cost less than this are told apart from noise by nothing. */
const leastMs = 4;

/** CPU milliseconds of one scan, the least of some: what else the machine does adds, and never takes away. */
function cost(bytes: Uint8Array, times: number): number {
  let least = Infinity;
  for (let i = 0; i < times; i++) {
    const before = process.cpuUsage();
    scanner.scan(bytes, 0, bytes.length);
    const used = process.cpuUsage(before);
    least = Math.min(least, (used.user + used.system) / 1000);
  }
  return least;
}

const tally = { cases: 0, bytes: 0, worstNsPerByte: 0, largestGrowth: 0, broken: 0, crashes: 0 };
/** What the dearest text was made of. */
let worst = '';
const end = performance.now() + Number(values.seconds) * 1000;

const round = (value: number): number => Math.round(value * 10) / 10;

function judge(): void {
  const text = hostileText(random);
  tally.cases++;
  tally.bytes += text.length;
  const broken = brokenProperty(scanner, text);
  if (broken === null) return;
  tally.broken++;
  console.error(`case ${tally.cases}: ${broken}`);
}

/** Twice is twice; what seems to grow faster has its readings counted. */
function grow(): void {
  const { unit, text } = growingText(random);
  const [one, two] = [text(baseBytes), text(2 * baseBytes)];
  tally.cases++;
  tally.bytes += one.length + two.length;
  const single = cost(one, 2);
  const double = cost(two, 2);
  const perByte = (double * 1e6) / two.length;
  if (perByte > tally.worstNsPerByte) { tally.worstNsPerByte = perByte; worst = unit; }
  if (double <= leastMs) return;
  const byClock = double / single;
  const growth = byClock <= plainGrowth ? byClock : readGrowth((bytes, start, last) => scanner.scan(bytes, start, last), text, baseBytes / 2);
  tally.largestGrowth = Math.max(tally.largestGrowth, growth);
  if (growth > mostGrowth) console.error(`grows ${round(growth)} times on doubling: ${JSON.stringify(unit)}`);
}

while (performance.now() < end) {
  try {
    for (let i = 0; i < 20; i++) judge();
    grow();
  } catch (error) {
    tally.crashes++;
    console.error(`case ${tally.cases}:`, error);
  }
}

console.log(JSON.stringify({
  bench: 'redaction-fuzz', goal: { crashes: 0, broken: 0, largestGrowth: mostGrowth }, ...tally, worstNsPerByte: round(tally.worstNsPerByte), worst, largestGrowth: round(tally.largestGrowth),
  seconds: Number(values.seconds), seed: Number(values.seed), machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version },
}));
if (tally.crashes > 0 || tally.broken > 0 || tally.largestGrowth > mostGrowth) process.exitCode = 1;
