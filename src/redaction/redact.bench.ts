// How fast text is scanned and rewritten with all detectors, in megabytes of text per CPU second: lines with no hit, a few (2 %)
// and many (20 %). Beside it, on the same text, a loop of one RegExp per detector, made from the same facts, and secretlint with
// its recommended rules, which decide only whether and where there is something. Prints one JSON line; medians. `npm run bench -- redact`
import { cpus } from 'node:os';
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { detectors } from './detectors/index.ts';
import { createScanner } from './index.ts';
import type { Shape } from './types.ts';

const made = createScanner(['*']);
if (!made.ok) throw new Error(made.error.message);
const scanner = made.value;
const lineCount = 20_000;
const runs = 7;
/** The others take seconds a run: fewer lines, of the same kind. */
const slowLines = 200;
const hits = ['user ann.b@shop.example logged in from 10.3.4.5', 'authorization: Bearer abc123DEF456ghi789xyz', 'db_password=correct-horse1'];

function lines(share: number): string[] {
  return Array.from({ length: lineCount }, (_, i) => {
    const line = `2026-01-22T16:49:28.${100 + (i % 900)}Z INFO orders accepted order ${100_000 + i} for customer ${i * 7} in ${i % 97} ms from /api/v1/orders/${i}/items trace=5b8efff798038103d269b633813fc60c status=201 bytes=${i * 13}`;
    return (i * 7919) % 1000 < share * 1000 ? `${line} ${hits[i % hits.length]!}` : line;
  });
}

async function rate(bytes: number, times: number, once: () => void | Promise<void>): Promise<number> {
  const rates: number[] = [];
  for (let run = 0; run < times + 2; run++) {
    const before = process.cpuUsage();
    await once();
    const used = process.cpuUsage(before);
    rates.push(bytes / (used.user + used.system));
  }
  const median = rates.slice(2).toSorted((a, b) => a - b)[Math.floor(times / 2)]!;
  return median < 10 ? Math.round(median * 100) / 100 : Math.round(median);
}

/** The bytes a set holds, as a class of a regular expression. */
const classOf = (set: Shape[number]): string =>
  `[${Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => set(byte)).map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}]`;
/** What each detector looks for first, as it would be written as one pattern of its own: no verifying behind it, which favours the loop. */
const naive = detectors.map((one) => new RegExp(one.anchors.map((shape) => shape.map(classOf).join('')).join('|'), 'g'));

function naiveLoop(texts: readonly string[]): number {
  let found = 0;
  for (const text of texts) for (const pattern of naive) for (const _ of text.matchAll(pattern)) found++;
  return found;
}

const size = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator, options: {} }] };
const lint = async (content: string): Promise<void> => { await lintSource({ source: { content, filePath: 'app.log', ext: '.log', contentType: 'text' }, options: { config: config as never, maskSecrets: false } }); };

async function figures(share: number) {
  const texts = lines(share);
  const encoded = texts.map((text) => new TextEncoder().encode(text));
  const total = size(texts);
  const few = texts.slice(0, slowLines);
  return {
    scan: await rate(total, runs, () => { for (const bytes of encoded) scanner.scan(bytes, 0, bytes.length); }),
    redactBytes: await rate(total, runs, () => { for (const bytes of encoded) scanner.redactBytes(bytes, 0, bytes.length, 'mask', bytes, 0, 0); }),
    redactText: await rate(total, runs, () => { for (const text of texts) scanner.redactText(text, 'mask'); }),
    regexPerRule: await rate(size(few), 3, () => { naiveLoop(few); }),
    secretlintPerLine: await rate(size(few), 3, async () => { for (const text of few) await lint(text); }),
    secretlintWhole: await rate(size(few), 3, () => lint(few.join('\n'))),
  };
}

const none = await figures(0);
const few = await figures(0.02);
const many = await figures(0.2);
const ratio = (other: number): number => Math.round((few.scan / other) * 10) / 10;
console.log(JSON.stringify({
  bench: 'redact', unit: 'MB per CPU second, median', goal: { few: 200, many: 150 }, none, few, many, detectors: scanner.detectors.length,
  scanTimesAsFastAs: { regexPerRule: ratio(few.regexPerRule), secretlintPerLine: ratio(few.secretlintPerLine), secretlintWhole: ratio(few.secretlintWhole) }, runs,
  machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version },
}));
