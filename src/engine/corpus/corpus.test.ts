// Runs every golden case end to end: Microsoft's parser, the Plan, the engine.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import { createKqlLanguage, type KustoGlobal } from '../../kql/index.ts';
import { jsonText } from '../values/index.ts';
import { runTable } from '../index.ts';
import { readGolden, type GoldenCase } from './read-golden.ts';

for (const file of ['bridge.min.js', 'Kusto.Language.Bridge.min.js']) await import(/* @vite-ignore */ `@kusto/language-service-next/${file}`);
const kql = createKqlLanguage((globalThis as unknown as { readonly Kusto: KustoGlobal }).Kusto);
/** A Wednesday. */
const clock = new ManualClock(BigInt(Date.UTC(2026, 0, 7, 12, 30, 15)) * 1_000_000n);

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.golden')).sort();
const corpus = files.map((name) => ({ name, cases: readGolden(readFileSync(join(import.meta.dirname, name), 'utf8')) }));

/** The rows that come out, as JSON; a refusal as its message. */
async function outcome({ kql: text, columns, rows }: GoldenCase): Promise<readonly string[]> {
  const { plan, diagnostics } = kql.compile(text, { mode: 'table', columns });
  if (plan === null) return diagnostics.map(({ message, help }) => `${message} ${help ?? ''}`);
  const out: string[] = [];
  try {
    for await (const row of runTable(plan, rows, clock)) out.push(jsonText(row));
  } catch (error) {
    if ((error as Error).constructor.name !== 'CompileError') throw error;
    return [`${(error as Error).message} ${(error as { help?: string }).help}`];
  }
  return out;
}

describe.each(corpus)('$name', ({ cases }) => {
  test.each(cases)('$title', async (one) => {
    const got = await outcome(one);
    if (one.refused) for (const words of one.expected) expect(got.join('\n')).toContain(words);
    else expect(got.join('\n'), one.kql).toBe(one.expected.join('\n'));
  });
});

test('the corpus is as large as it should be, and no case stands in it twice', () => {
  const titles = corpus.flatMap(({ name, cases }) => cases.map(({ title }) => `${name} ${title}`));
  expect(titles.length).toBeGreaterThanOrEqual(400);
  expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([]);
});
