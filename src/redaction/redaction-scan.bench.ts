// How fast text is scanned and rewritten with all detectors, in megabytes of text per CPU second: lines with no hit, a few
// (2 %) and many (20 %). Prints one JSON line; medians. `npm run bench -- redaction-scan`
import { cpus } from 'node:os';
import { createScanner } from './index.ts';

const made = createScanner(['*']);
if (!made.ok) throw new Error(made.error.message);
const scanner = made.value;
const lineCount = 20_000;
const runs = 7;
const hits = ['user ann.b@shop.example logged in from 10.3.4.5', 'authorization: Bearer abc123DEF456ghi789xyz', 'db_password=correct-horse1'];

function lines(share: number): string[] {
  return Array.from({ length: lineCount }, (_, i) => {
    const line = `2026-01-22T16:49:28.${100 + (i % 900)}Z INFO orders accepted order ${100_000 + i} for customer ${i * 7} in ${i % 97} ms from /api/v1/orders/${i}/items trace=5b8efff798038103d269b633813fc60c status=201 bytes=${i * 13}`;
    return (i * 7919) % 1000 < share * 1000 ? `${line} ${hits[i % hits.length]!}` : line;
  });
}

function rate(bytes: number, once: () => void): number {
  const rates: number[] = [];
  for (let run = 0; run < runs + 2; run++) {
    const before = process.cpuUsage();
    once();
    const used = process.cpuUsage(before);
    rates.push(bytes / (used.user + used.system));
  }
  return Math.round(rates.slice(2).toSorted((a, b) => a - b)[Math.floor(runs / 2)]!);
}

const figures = Object.fromEntries([['none', 0], ['few', 0.02], ['many', 0.2]].map(([name, share]) => {
  const texts = lines(share as number);
  const encoded = texts.map((text) => new TextEncoder().encode(text));
  const total = encoded.reduce((sum, bytes) => sum + bytes.length, 0);
  return [name, {
    scan: rate(total, () => { for (const bytes of encoded) scanner.scan(bytes, 0, bytes.length); }),
    redactBytes: rate(total, () => { for (const bytes of encoded) scanner.redactBytes(bytes, 0, bytes.length, 'mask', bytes, 0, 0); }),
    redactText: rate(total, () => { for (const text of texts) scanner.redactText(text, 'mask'); }),
  }];
}));

console.log(JSON.stringify({
  bench: 'redaction-scan', unit: 'MB per CPU second, median', goal: { few: 250, many: 150 }, ...figures, detectors: scanner.detectors.length, runs,
  machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version },
}));
