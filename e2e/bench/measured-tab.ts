// A tab of a fresh Chromium that is given a file by dropping it, and what that costs: until the page shows what came of it, longest
// task of the main thread, frames meanwhile, processor time and peak memory of the renderer. The same for our pages and others'.
import { readFileSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright';
import { findChromium } from '../../src/tooling/chromium.mjs';

export interface Opening {
  /** From the drop to the second frame after the page shows it. */
  readonly readyMs: number;
  /** The same until also what comes later is shown; null where nothing does. */
  readonly laterMs: number | null;
  /** Of the main thread, up to a second later. */
  readonly longestTaskMs: number;
  /** The task that took the processor longest: what the longest one would be on a machine that does nothing else. */
  readonly longestTaskCpuMs: number;
  /** From frame to frame, until it is shown. */
  readonly frameP95Ms: number;
  readonly longestFrameMs: number;
  /** Of the renderer with all its threads. */
  readonly cpuMs: number;
  /** Null where the system does not tell. */
  readonly peakMb: number | null;
}

export interface Subject {
  readonly url: string;
  /** The page is ready to be given a file; a selector. */
  readonly idle: string;
  /** Source of a function in the page: what came of the file is in the document. */
  readonly shows: string;
  /** The same of what comes after that by itself. */
  readonly showsLater?: string;
  readonly withinMs: number;
}

const viewport = { width: 1440, height: 900 };
const settleMs = 1000;
const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic'];

export const launch = async (): Promise<Browser> => chromium.launch({ executablePath: await findChromium() ?? undefined, args: flags });

/** @returns what it cost, or why there is nothing to tell: "crashed", "nothing after 60 s". */
export async function openInTab(subject: Subject, path: string): Promise<Opening | string> {
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport });
    const crashed = new Promise<string>((resolve) => { page.on('crash', () => { resolve('crashed'); }); });
    await page.goto(subject.url);
    await page.waitForSelector(subject.idle);
    await page.waitForTimeout(settleMs);
    return await Promise.race([crashed, measure(browser, page, subject, path)]);
  } finally {
    await browser.close();
  }
}

async function measure(browser: Browser, page: Page, { shows, showsLater, withinMs }: Subject, path: string): Promise<Opening | string> {
  await page.evaluate(record, { shows, showsLater: showsLater ?? '() => true' });
  await giveFile(page, path);
  const before = await renderers(browser);
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  await page.evaluate(() => { (globalThis as unknown as { benchDrop: () => void }).benchDrop(); });
  try {
    await page.waitForFunction(() => (globalThis as unknown as Recorded).benchRun.later > 0, undefined, { timeout: withinMs, polling: 250 });
  } catch (error) {
    return page.isClosed() || /crash/i.test(String(error)) ? 'crashed' : `nothing after ${withinMs / 1000} s`;
  }
  const after = await renderers(browser);
  await page.waitForTimeout(settleMs);
  const { start, ready, later, frames } = await page.evaluate(() => (globalThis as unknown as Recorded).benchRun);
  const frameMs = frames.slice(1).map((at, index) => at - frames[index]!);
  const { peakMb } = await renderers(browser);
  return {
    readyMs: ready - start, laterMs: showsLater === undefined ? null : later - start, ...longestTasks(await browser.stopTracing()), frameP95Ms: percentile(frameMs, 0.95), longestFrameMs: Math.max(0, ...frameMs), cpuMs: after.cpuMs - before.cpuMs, peakMb,
  };
}

interface TraceEvent { readonly name: string; readonly pid: number; readonly tid: number; /** Microseconds, and those of them on a processor. */ readonly dur?: number; readonly tdur?: number; readonly args?: { readonly name?: string } }

/** Chrome's own record of what its main threads ran. */
function longestTasks(trace: Buffer): Pick<Opening, 'longestTaskMs' | 'longestTaskCpuMs'> {
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: readonly TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  const main = new Set(traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(threadOf));
  const tasks = traceEvents.filter((event) => event.name === 'ThreadControllerImpl::RunTask' && main.has(threadOf(event)));
  const longest = (figure: (task: TraceEvent) => number | undefined): number => tasks.reduce((most, task) => Math.max(most, (figure(task) ?? 0) / 1000), 0);
  return { longestTaskMs: longest(({ dur }) => dur), longestTaskCpuMs: longest(({ tdur }) => tdur) };
}

interface Recorded { readonly benchRun: { start: number; ready: number; later: number; readonly frames: number[] } }

/** In the page. Asks once a frame whether the outcome is there, and lets two more frames pass, so that it is painted. */
function record({ shows, showsLater }: { readonly shows: string; readonly showsLater: string }): void {
  // oxlint-disable-next-line no-implied-eval, no-new-func
  const [isShown, isLaterShown] = [shows, showsLater].map((source) => new Function(`return (${source})();`) as () => boolean) as [() => boolean, () => boolean];
  const run: Recorded['benchRun'] = { start: 0, ready: 0, later: 0, frames: [] };
  let more = -1;
  const frame = (): void => {
    if (run.ready === 0) run.frames.push(performance.now());
    if (more < 0 && isShown()) more = 2;
    else if (more > 0) more--;
    if (more === 0 && run.ready === 0) run.ready = performance.now();
    if (run.ready > 0 && isLaterShown()) run.later = performance.now();
    else requestAnimationFrame(frame);
  };
  const input = document.body.appendChild(Object.assign(document.createElement('input'), { type: 'file', id: 'bench-file', hidden: true }));
  const benchDrop = (): void => {
    const file = input.files![0]!;
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(file);
    const target = document.elementFromPoint(innerWidth / 2, innerHeight / 2)!;
    run.start = performance.now();
    requestAnimationFrame(frame);
    for (const type of ['dragenter', 'dragover', 'drop']) target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
  };
  Object.assign(globalThis, { benchRun: run, benchDrop });
}

const giveFile = (page: Page, path: string): Promise<void> => page.setInputFiles('#bench-file', path);

/** All renderers of the browser together; of their peaks the highest, which is the tab's. */
async function renderers(browser: Browser): Promise<{ cpuMs: number; peakMb: number | null }> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const own = processInfo.filter(({ type }) => type === 'renderer');
  const peaks = own.map(({ id }) => peakMbOf(id)).filter((peak) => peak !== null);
  return { cpuMs: own.reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0), peakMb: peaks.length === 0 ? null : Math.max(...peaks) };
}

function peakMbOf(pid: number): number | null {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024 / 1e6;
  } catch {
    return null;
  }
}

export function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0;
}
