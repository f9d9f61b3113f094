// One line of code has one id: after a restart, and on another agent.
import { expect, it } from 'vitest';
import { encodeUtf8, ManualClock } from '../../base/index.ts';
import { BodyTemplates } from '../../engine/index.ts';
import { bookVersion, type MinerOptions, type TemplateBook, type TemplateMiner } from '../../mining/index.ts';
import { memoryFiles, type Files } from '../ports/index.ts';
import { TemplateKeeper } from './index.ts';

const lines = (count: number): string[] => Array.from({ length: count }, (_, i) => `order ${i} of ${['ada', 'grace', 'edsger', 'barbara', 'alan'][i % 5]} was shipped to ${['north', 'south', 'east', 'west'][i % 4]}`);

interface Kept { readonly keeper: TemplateKeeper; readonly miner: TemplateMiner; readonly sent: TemplateBook[]; readonly clock: ManualClock; readonly idOf: (line: string) => string }

async function open(files: Files, link = { isOpen: true }, bounds?: MinerOptions): Promise<Kept> {
  const clock = new ManualClock(1_700_000_000_000_000_000n);
  const templates = new BodyTemplates(bounds);
  const { miner } = templates;
  const sent: TemplateBook[] = [];
  const events = { templates, templateBook: () => miner.book(), learnTemplates: (book: TemplateBook) => { miner.learn(book); }, get knownTemplates() { return miner.stats().templates; } };
  const keeper = await TemplateKeeper.open({ events, files, clock, canSend: () => link.isOpen, send: (book) => sent.push(book) });
  const idOf = (line: string): string => { const bytes = encodeUtf8(line); return miner.describe(miner.mine(bytes, 0, bytes.length)).id; };
  return { keeper, miner, sent, clock, idOf };
}

const hear = ({ keeper }: Kept, book: unknown): string => keeper.handlers[0]![1](book);

it('gives the same ids after a restart', async () => {
  const files = memoryFiles();
  const first = await open(files);
  for (const line of lines(200)) first.idOf(line);
  const before = lines(20).map(first.idOf);
  await first.keeper.stop();
  const second = await open(files);
  expect(second.keeper.problem).toBe('');
  expect(lines(20).map(second.idOf)).toEqual(before);
});

it('tells the server each template once, all of them to a new connection, and what another agent learns of it has the same ids', async () => {
  const here = await open(memoryFiles());
  for (const line of lines(200)) here.idOf(line);
  here.keeper.opened();
  here.keeper.tick();
  expect(here.sent.flatMap(({ templates }) => templates)).toEqual(here.miner.book().templates);
  here.keeper.opened();
  expect(here.sent.flatMap(({ templates }) => templates)).toHaveLength(2 * here.miner.book().templates.length);

  const there = await open(memoryFiles());
  for (const book of here.sent) expect(hear(there, book)).toBe('');
  expect(lines(20).map(there.idOf)).toEqual(lines(20).map(here.idOf));
  there.keeper.tick();
  expect(there.sent).toEqual([]);
});

it('says nothing while there is no link', async () => {
  const link = { isOpen: false };
  const here = await open(memoryFiles(), link);
  // What was met once is not told.
  for (let i = 0; i < 2; i++) here.idOf('a b c');
  here.keeper.tick();
  expect(here.sent).toEqual([]);
  link.isOpen = true;
  here.keeper.opened();
  expect(here.sent).toHaveLength(1);
});

it('keeps the book now and then when it changed, and again after a write that failed', async () => {
  const files = memoryFiles();
  let writes = 0;
  let fails = true;
  const watched: Files = { ...files, writeAtomically: async (name, bytes) => { writes++; return fails ? { ok: false, error: { code: 'agent.file_unwritable', message: 'The disk is full.' } } : files.writeAtomically(name, bytes); } };
  const { keeper, idOf, clock } = await open(watched);
  idOf('a b c');
  clock.advanceMs(60_000);
  keeper.tick();
  await expect.poll(() => keeper.problem).toBe('The disk is full.');
  fails = false;
  await keeper.stop();
  expect([writes, keeper.problem]).toEqual([2, '']);
  keeper.keep();
  expect(writes).toBe(2);
});

it('a file that is no book, and a message that is none, change nothing and are named', async () => {
  const { keeper, miner } = await open(memoryFiles(new Map([['templates.json', encodeUtf8('{"version":1,"templates":[],"passed":[]}')]])));
  expect(keeper.problem).toContain('templates.json');
  expect(keeper.handlers[0]![1]({ version: bookVersion, templates: [{ template: 5 }] })).not.toBe('');
  expect(keeper.handlers[0]![1]({ version: bookVersion - 1, templates: [{ template: 'a b c' }] })).not.toBe('');
  expect(miner.book().templates).toEqual([]);
});

it('makes room of what was met once and long ago, whose ids come back, and says when there is none', async () => {
  const { keeper, miner, idOf, clock } = await open(memoryFiles(), { isOpen: true }, { maxTemplates: 40 });
  const once = (i: number): string => `step ${'very '.repeat(i)}slow`;
  const first = idOf(once(0));
  for (let i = 1; i < 16; i++) idOf(once(i));
  clock.advanceMs(1000);
  keeper.tick();
  expect([miner.find(first) >= 0, keeper.problem]).toEqual([true, '']);
  for (let i = 0; i < 50; i++) for (let time = 0; time < 5; time++) idOf(once(i));
  keeper.tick();
  expect(keeper.problem).toContain('no room for more templates');
  keeper.tick();
  expect(keeper.problem).toBe('');

  const { forgotten, templates } = miner.stats();
  expect([forgotten, templates]).toEqual([0, 40]);
  for (let period = 0; period < 150; period++) { clock.advanceMs(600_000); keeper.tick(); }
  expect(miner.stats().templates).toBeLessThan(25);
  // Asked for by its id.
  expect(miner.find(first)).toBeGreaterThanOrEqual(0);
  expect(idOf(once(0))).toBe(first);
});
