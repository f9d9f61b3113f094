// Frames of the flame graph while zooming, panning and scrolling, in a real Chromium without a GPU: 30,000 and 1,000,000 boxes, with
// and without a search. Prints one JSON line. `npm run bench -- flame-draw`; FLAME_FRAMES (default 320), FLAME_RATIO (device pixels
// to a CSS pixel, default 1).
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { createServer, type ViteDevServer } from 'vite';
import react from '@vitejs/plugin-react';
import type { BenchRun } from '../../src/console/flame/testing/bench-page.tsx';
import { findChromium } from '../../src/tooling/chromium.mjs';

const frames = Number(process.env['FLAME_FRAMES'] ?? 320);
const deviceScaleFactor = Number(process.env['FLAME_RATIO'] ?? 1);
const viewport = { width: 1440, height: 900 };
/** All rows in view: nothing is saved by being out of it. */
const rows = 38;
/** A sample has about so many; a little more than the goals name. */
const cases = [{ boxes: 31_500, search: false, goalMs: 16.7 }, { boxes: 31_500, search: true, goalMs: 16.7 }, { boxes: 1_130_000, search: false, goalMs: 50 }, { boxes: 1_130_000, search: true, goalMs: 50 }];

const page = '<!doctype html><html lang="en" data-theme="dark"><body><script type="module" src="/src/console/flame/testing/bench-page.tsx"></script></body></html>';
const servePage = { name: 'flame-draw-page', configureServer: (server: ViteDevServer) => { server.middlewares.use('/flame-draw', (_request, response) => { void server.transformIndexHtml('/flame-draw', page).then(html => { response.setHeader('content-type', 'text/html'); response.end(html); }); }); } };

const percentile = (values: readonly number[], share: number): number => Math.round((values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0) * 10) / 10;

async function measure(tab: Page, { boxes, search, goalMs }: (typeof cases)[number]) {
  const run = await tab.evaluate(([size, isSearching, count]) => (globalThis as unknown as { runFlameBench: (size: object, search: boolean, frames: number) => Promise<BenchRun> }).runFlameBench(size, isSearching, count), [{ rows, boxes }, search, frames] as const);
  const p95 = percentile(run.frameMs, 0.95);
  return { boxes: run.boxes, search, frameP95Ms: p95, goalMs, met: p95 <= goalMs + 0.1, frameP50Ms: percentile(run.frameMs, 0.5), workP95Ms: percentile(run.workMs, 0.95), workP50Ms: percentile(run.workMs, 0.5) };
}

const cacheDir = mkdtempSync(join(tmpdir(), 'weir-flame-draw-'));
const server = await createServer({
  configFile: false, root: join(import.meta.dirname, '../..'), cacheDir, logLevel: 'error', appType: 'custom', plugins: [react(), servePage],
  optimizeDeps: { entries: ['src/console/flame/testing/bench-page.tsx'] }, server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
});
await server.listen();
const address = server.httpServer?.address();
const browser = await chromium.launch({ executablePath: await findChromium() ?? undefined, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic'] });
try {
  const tab = await browser.newPage({ viewport, deviceScaleFactor });
  await tab.goto(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/flame-draw`);
  await tab.waitForFunction(() => 'runFlameBench' in globalThis, undefined, { timeout: 120_000 });
  const results = [];
  for (const one of cases) results.push(await measure(tab, one));
  console.log(JSON.stringify({ bench: 'flame-draw', frames, viewport, deviceScaleFactor, rows, results, machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, load: Math.round(loadavg()[0]! * 10) / 10, gpu: 'none', browser: browser.version() } }));
} finally {
  await browser.close();
  await server.close();
  rmSync(cacheDir, { recursive: true, force: true });
}
