// 20,000 records a second into the agent with one tail open in a real Chromium: does memory grow, is anything lost without
// being counted, does the page stay responsive? Prints one JSON line. SOAK_SECONDS (default 300), SOAK_RATE (default 20000).
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { findChromium } from '../../src/tooling/chromium.mjs';
import { DownstreamSink } from '../support/sink.ts';
import { startStack, until } from '../support/stack.ts';

const seconds = Number(process.env['SOAK_SECONDS'] ?? 300);
const rate = Number(process.env['SOAK_RATE'] ?? 20_000);
const sampleEvery = Math.max(5, Math.round(seconds / 30));

interface Status { readonly received: { readonly logs: number }; readonly emitted: number; readonly process: { readonly cpuShare: number }; readonly tail: { readonly sentRecords: number; readonly shedRecords: number }; readonly exporters: readonly { readonly sentRecords: number; readonly queuedRecords: number; readonly droppedQueueFull: number; readonly droppedRefused: number }[] }

const rssMiB = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const percentile = (values: readonly number[], share: number): number => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0;

/** Frame times of the page since the last call, by requestAnimationFrame, and long tasks. */
const frames = (page: Page): Promise<number[]> => page.evaluate(() => { const taken = (globalThis as unknown as { frameMs: number[] }).frameMs; return taken.splice(0); });

const sink = new DownstreamSink();
await sink.start();
const stack = await startStack(['--no-demo', '--forward', sink.url]);
const browser = await chromium.launch({ executablePath: await findChromium() ?? undefined, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic', '--enable-precise-memory-info'] });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(stack.url);
  await page.goto(`${stack.origin}/tail`);
  await page.evaluate(() => {
    const all: number[] = [];
    (globalThis as unknown as { frameMs: number[] }).frameMs = all;
    let last = performance.now();
    const tick = (now: number): void => { all.push(now - last); last = now; requestAnimationFrame(tick); };
    requestAnimationFrame(tick);
  });
  const status = async (): Promise<Status> => (await stack.api<{ agents: { status: Status }[] }>('/agents')).agents[0]?.status as Status;
  const load = fork(join(import.meta.dirname, 'load.ts'), [stack.otlpHttp, String(rate), String(seconds)]);
  const finished = new Promise<{ sent: number; refused: number }>((resolve) => { load.on('message', (message) => resolve(message as { sent: number; refused: number })); });

  const samples: { agent: number; server: number; heap: number; frame: number; cpu: number }[] = [];
  for (let elapsed = 0; elapsed + sampleEvery <= seconds; elapsed += sampleEvery) {
    await new Promise((resolve) => { setTimeout(resolve, sampleEvery * 1000); });
    const heap = await page.evaluate(() => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize / 2 ** 20);
    samples.push({ agent: rssMiB(stack.pidOf('agent')), server: rssMiB(stack.pidOf('server')), heap, frame: percentile(await frames(page), 0.95), cpu: (await status()).process.cpuShare });
  }
  const { sent, refused } = await finished;
  await until('the queue is drained', async () => (await status()).exporters.every((one) => one.queuedRecords === 0), 60_000);
  const end = await status();
  const out = end.exporters[0];
  const third = (key: keyof (typeof samples)[number], from: number): number => median(samples.slice(Math.floor(samples.length * from), Math.floor(samples.length * (from + 1 / 3))).map((one) => one[key]));
  const round = (value: number): number => Math.round(value * 10) / 10;
  const shown = await page.getByText(/buffered/).first().textContent();
  console.log(JSON.stringify({
    bench: 'soak', seconds, recordsPerSecond: round(sent / seconds), sent, refused, received: end.received.logs, deliveredDownstream: sink.logTotal,
    unaccounted: end.received.logs - sink.logTotal - (out?.droppedQueueFull ?? 0) - (out?.droppedRefused ?? 0), tailSent: end.tail.sentRecords, tailShed: end.tail.shedRecords, page: shown,
    memoryMiB: Object.fromEntries((['agent', 'server', 'heap'] as const).map((key) => [key === 'heap' ? 'pageMainThread' : key, { firstThird: round(third(key, 0)), lastThird: round(third(key, 2 / 3)) }])),
    frameP95Ms: { median: round(median(samples.map((one) => one.frame))), goal: 16.7 }, agentCpuShare: round(median(samples.map((one) => one.cpu)) * 100) / 100,
    machine: `${cpus().length} x ${cpus()[0]?.model ?? '?'}; load, agent, BFF, downstream and browser share it`,
  }));
} finally {
  await browser.close();
  await stack.stop();
  await sink.kill();
}
process.exit(0);
