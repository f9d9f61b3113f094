// Telemetry where there was none: a logpoint in the demo's Tower of Hanoi, from the click to its values in the tail, until the rip cord takes
// it out; and a uprobe on a C program that was compiled a moment ago.
import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, type Page } from 'playwright/test';
import type { FleetProbe, FleetProbes, ProcessesReport } from '../src/model/index.ts';
import { violationsOf } from './support/axe.ts';
import { onThisMachine } from './support/patience.ts';
import { openConsole } from './support/rule-editor.ts';
import { startStack, until, type Stack } from './support/stack.ts';

const towerFile = join(import.meta.dirname, '../src/demo/services/tower.ts');
/** Where a game's moves are known. */
const line = readFileSync(towerFile, 'utf8').split('\n').findIndex((text) => text.includes('return moves;')) + 1;

let stack: Stack;
test.beforeAll(async () => { stack = await startStack([]); });
test.afterAll(async () => { await stack.stop(); });

async function agentId(): Promise<string> { return (await stack.api<{ agents: { id: string; connected: boolean }[] }>('/agents')).agents.find(({ connected }) => connected)!.id; }
async function towerPid(): Promise<number> {
  const shop = stack.pidOf('shop');
  const { processes } = await stack.api<ProcessesReport>(`/agents/${await agentId()}/processes`);
  return processes.find(({ parentPid, command }) => parentPid === shop && command.includes('tower'))!.pid;
}
const probesIn = async (): Promise<FleetProbe[]> => (await stack.api<FleetProbes>('/probes?state=in')).probes;
const probeNamed = async (name: string): Promise<FleetProbe | undefined> => (await stack.api<FleetProbes>('/probes')).probes.find((probe) => probe.name === name);
/** TCP ports that a process listens on, by proc(5). */
function listening(pid: number): number {
  const own = new Set(readdirSync(`/proc/${pid}/fd`).map((name) => { try { return readlinkSync(`/proc/${pid}/fd/${name}`); } catch { return ''; } }));
  return readFileSync(`/proc/${pid}/net/tcp`, 'utf8').split('\n').map((row) => row.trim().split(/\s+/)).filter(([, , , state, , , , , , inode]) => state === '0A' && own.has(`socket:[${inode}]`)).length;
}

async function chooseLine(page: Page, pid: number): Promise<void> {
  await page.getByRole('group', { name: 'Processes' }).getByRole('button', { name: new RegExp(`^${pid} `) }).click();
  await page.getByRole('group', { name: 'Files' }).getByRole('button', { name: /tower\.ts/ }).click();
  const code = page.getByRole('region', { name: /^Source of .*tower\.ts/ });
  const number = code.locator('.line-numbers').getByText(String(line), { exact: true });
  await expect(code.locator('.view-line').first()).toBeVisible();
  await code.locator('.monaco-editor').hover();
  while (!await number.isVisible()) await page.mouse.wheel(0, 100);
  await number.click();
  await expect(page).toHaveURL(new RegExp(`line=${line}`));
}

test('a logpoint in a process without telemetry: values in the tail within five seconds of the click; the rip cord takes it out', async ({ page, context }) => {
  const faults = await openConsole(page, stack, '/probes');
  await page.getByRole('link', { name: 'Probes' }).click();
  await page.getByRole('button', { name: 'New probe' }).first().click();
  const pid = await towerPid();
  await chooseLine(page, pid);
  const form = page.getByRole('region', { name: 'The probe' });
  await form.getByLabel('Values to read').fill('user, moves');
  await expect(form.getByRole('region', { name: 'What it would do' })).toContainText('user');
  expect(await violationsOf(page), 'a new probe').toEqual([]);

  const tail = await context.newPage();
  await tail.goto(`${stack.origin}/tail?q=${encodeURIComponent(`EventName == "tower-${line}"`)}`);
  // The filter of the link is compiled first; on a busy machine that takes its time, and is no part of what is measured.
  await expect(tail.getByRole('grid', { name: /Records/ })).toBeVisible();
  const clicked = performance.now();
  await form.getByRole('button', { name: /Insert the probe/ }).click();
  const row = tail.getByRole('grid', { name: /Records/ }).getByRole('row').filter({ hasText: /moves=\d+/ }).first();
  await expect(row).toBeVisible();
  const tookMs = performance.now() - clicked;
  expect(tookMs, 'from the click to the values').toBeLessThan(onThisMachine(5000));
  await expect(row).toContainText(/ada|grace|edsger|barbara|donald/);
  await expect(page.getByRole('region', { name: `Hits of tower-${line}` })).toContainText('moves');
  await expect(page.getByRole('region', { name: /^Source of/ }).locator('.code-note.value')).toContainText(/user\s=\s"/);

  expect(await violationsOf(page), 'with its hits').toEqual([]);

  await page.goto(`${stack.origin}/probes`);
  await page.getByRole('row', { name: new RegExp(`tower-${line}`) }).click();
  expect(await violationsOf(page), 'the list').toEqual([]);
  await page.locator('body').press('Shift+X');
  await page.getByLabel('Why').fill('The story is over.');
  await page.getByRole('button', { name: 'Pull the rip cord' }).click();
  await expect(page.getByText('The rip cord is pulled', { exact: true }).first()).toBeVisible();
  await until('the probe is out', async () => (await probesIn()).length === 0);
  expect(await probeNamed(`tower-${line}`)).toMatchObject({ state: 'ended', end: 'rip-cord' });
  expect(listening(pid), 'its own port only: the inspector is closed').toBe(1);
  await expect(stack.api('/probes', { method: 'POST', body: JSON.stringify({ agent: await agentId(), name: 'again', what: { kind: 'logpoint', spec: { at: { file: 'tower.ts', line }, expressions: [{ expression: 'user' }] } }, target: { pid } }) })).rejects.toThrow(/409/);
  await page.goto(`${stack.origin}/probes/new?pid=${pid}&file=tower.ts&line=${line}`);
  await expect(page.getByText('Nothing can be looked into while the rip cord is pulled.')).toBeVisible();
  await page.getByRole('button', { name: 'Release…' }).click();
  await page.getByRole('dialog').getByLabel('Why').fill('The story is over.');
  await page.getByRole('button', { name: 'Release it' }).click();
  await until('it is released everywhere', async () => (await stack.api<{ agents: { report: { pulls: unknown[] } | null }[] }>('/rip-cord')).agents.every(({ report }) => report?.pulls.length === 0));
  await expect(page.getByRole('region', { name: /^Source of .*tower\.ts/ }), 'by itself once it is released').toBeVisible();
  await expect(page.getByLabel('Values to read')).toBeFocused();
  expect(faults).toEqual([]);
});

test('an expression that would change the program is refused before it goes in', async ({ page }) => {
  const faults = await openConsole(page, stack, `/probes/new?pid=${await towerPid()}&file=tower.ts&line=${line}`);
  const form = page.getByRole('region', { name: 'The probe' });
  await form.getByLabel('Values to read').fill('game.moves = 0');
  await expect(form.getByRole('alert')).toBeVisible();
  await expect(form.getByRole('button', { name: /Insert the probe/ })).toBeDisabled();
  expect(await probesIn()).toEqual([]);
  expect(faults).toEqual([]);
});

const source = `#include <unistd.h>
__attribute__((noinline)) int work(int a, int b) { __asm__ volatile(""); return a * b; }
int main(void) { for (int i = 0; ; i++) { volatile int r = work(i, 7); (void)r; usleep(50000); } }
`;
const can = (program: string): Promise<boolean> => promisify(execFile)(program, ['--version']).then(() => true, () => false);

test('a uprobe on a small C program: its arguments and what it returns are in the tail', async ({ page }) => {
  test.skip(!await can('gcc'), 'There is no gcc to compile the program with.');
  test.skip(process.getuid?.() !== 0 || !['/sys/kernel/tracing/uprobe_events', '/sys/kernel/debug/tracing/uprobe_events'].some((path) => existsSync(path)), 'uprobes need root and tracefs.');
  const folder = mkdtempSync(join(tmpdir(), 'weir-uprobe-'));
  let program: ChildProcess | null = null;
  try {
    writeFileSync(join(folder, 'mill.c'), source);
    execFileSync('gcc', ['-O1', '-g', '-o', join(folder, 'mill'), join(folder, 'mill.c')]);
    program = spawn(join(folder, 'mill'), { stdio: 'ignore' });
    const faults = await openConsole(page, stack, `/probes/new?kind=uprobe&pid=${program.pid}`);
    await page.getByLabel('Find a function').fill('work');
    await page.getByRole('button', { name: /^work/ }).click();
    const form = page.getByRole('region', { name: 'The probe' });
    await expect(form.getByLabel('Arguments to read')).toHaveValue(/a=%di:s32, b=%si:s32/);
    await form.getByRole('button', { name: /Insert the probe/ }).click();
    const hits = page.getByRole('region', { name: 'Hits of work' });
    await expect(hits.getByText('b', { exact: true }).first()).toBeVisible();
    await hits.getByRole('link', { name: 'Tail' }).click();
    await expect(page.getByRole('grid', { name: /Records/ }).getByRole('row').filter({ hasText: /b=7/ }).first()).toBeVisible();
    await stack.api(`/probes/${(await probeNamed('work'))!.id}`, { method: 'DELETE' });
    await until('it is out', async () => (await probeNamed('work'))?.end === 'removed');
    expect(readFileSync(existsSync('/sys/kernel/tracing/uprobe_events') ? '/sys/kernel/tracing/uprobe_events' : '/sys/kernel/debug/tracing/uprobe_events', 'utf8')).not.toContain(folder);
    expect(faults).toEqual([]);
  } finally {
    program?.kill();
    rmSync(folder, { recursive: true, force: true });
  }
});
