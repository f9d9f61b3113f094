// Edits block by block: what is outside the place stays, comments and layout included.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languageForTests } from '../kusto/kusto-for-tests.ts';
import { applyEdits, formEdits, insertBlock, moveBlock, removeBlock, replaceBody } from './index.ts';
import type { BlockForm, QueryBlock, WhereCondition } from './types.ts';

const kql = await languageForTests();
const blocks = (text: string): readonly QueryBlock[] => kql.blocks(text, 'rule') ?? [];
/** Strings may hold what looks like a comment. */
const comments = (text: string): readonly string[] => [...text.matchAll(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*/g)].map(([found]) => found.trimEnd()).filter((found) => found.startsWith('//')).toSorted();

const text = '// head\nLogs\n// keep errors\n| where a == 1 // why\n| extend b = 2,\n    c = 3 // three\n| invoke update() // end\n';

describe('insert', () => {
  const inserted = (from: string, at: number, keyword = 'where', body = 'x == 1') => applyEdits(from, insertBlock(from, blocks(from), at, keyword, body));
  it('starts an empty text', () => { expect(inserted('', 0, '', 'Logs')).toBe('Logs'); expect(inserted('// soon', 0, '', 'Logs')).toBe('// soon\nLogs'); });
  it('puts a line behind the comment of the block before', () => expect(inserted(text, 2)).toBe(text.replace('// why\n', '// why\n| where x == 1\n')));
  it('leaves comments above the next block with it', () => expect(inserted(text, 1)).toBe(text.replace('Logs\n', 'Logs\n| where x == 1\n')));
  it('stays on one line where the text does', () => expect(inserted('Logs | invoke drop()', 1)).toBe('Logs | where x == 1 | invoke drop()'));
  it('follows the indent', () => expect(inserted('Logs\n  | invoke drop()', 1)).toBe('Logs\n  | where x == 1\n  | invoke drop()'));
  it('puts let in front of the table', () => expect(inserted('// c\nLogs\n| count', 0, 'let', 'a = 1')).toBe('// c\nlet a = 1;\nLogs\n| count'));
});

describe('remove', () => {
  const removed = (from: string, index: number) => { const edits = removeBlock(from, blocks(from), index); return edits && applyEdits(from, edits); };
  it('takes the line when nothing else is on it', () => expect(removed('Logs\n| where a == 1\n| invoke drop()', 1)).toBe('Logs\n| invoke drop()'));
  it('leaves the comment', () => expect(removed(text, 1)).toBe(text.replace('| where a == 1 ', '')));
  it('works on one line', () => expect(removed('Logs | where a == 1 | invoke drop()', 1)).toBe('Logs | invoke drop()'));
  it('does not run into a comment', () => expect(removed('Logs // c\n| where a == 1 | invoke drop()', 1)).toBe('Logs // c\n| invoke drop()'));
  it('refuses a table with something behind it', () => { expect(removed('Logs | count', 0)).toBeNull(); expect(removed('Logs', 0)).toBe(''); });
  it('takes the semicolon of a let', () => expect(removed('let a = 1;\nLogs', 0)).toBe('Logs'));
});

describe('move', () => {
  const moved = (from: string, index: number, by: -1 | 1) => { const edits = moveBlock(from, blocks(from), index, by); return edits && applyEdits(from, edits); };
  it('swaps, comments and all', () => expect(moved(text, 1, 1)).toBe('// head\nLogs\n| extend b = 2,\n    c = 3 // three\n// keep errors\n| where a == 1 // why\n| invoke update() // end\n'));
  it('lets no comment swallow what follows', () => expect(moved('Logs | where a == 1 // c\n| extend b = 1 | invoke update()', 1, 1)).toBe('Logs | extend b = 1\n| where a == 1 // c\n | invoke update()'));
  it('refuses table and sink', () => { expect(moved(text, 1, -1)).toBeNull(); expect(moved(text, 2, 1)).toBeNull(); });
});

describe('form edits', () => {
  const where = (clauses: BlockForm & { form: 'where' }): BlockForm => clauses;
  it('keep lines and comments of what stays', () => {
    const from = 'Logs\n| where a == 1 // first\n    and b == 2 // second\n| invoke drop()';
    const block = blocks(from)[1]!;
    const form = block.form as Extract<BlockForm, { form: 'where' }>;
    const added = applyEdits(from, formEdits(from, block, where({ ...form, clauses: [...form.clauses, { left: 'c', operator: 'has', right: '"x"' }] })));
    expect(added).toBe('Logs\n| where a == 1 // first\n    and b == 2 and c has "x" // second\n| invoke drop()');
    const changed = applyEdits(from, formEdits(from, block, where({ ...form, clauses: [{ ...form.clauses[0]!, right: '7' }, form.clauses[1]!] })));
    expect(changed).toBe(from.replace('a == 1', 'a == 7'));
  });
  it('give a new body to a block without one', () => expect(applyEdits('source | count', replaceBody('source | count', { bodyStart: 14, bodyEnd: 14 }, 'x'))).toBe('source | count x'));
});

const word = fc.constantFrom('a', 'b', 'Body', 'Attributes.x', 'ServiceName');
const value = fc.oneof(fc.nat(999).map(String), fc.string({ maxLength: 6 }).map((said) => JSON.stringify(said.replace(/[^ -~]/g, ''))));
const clause = fc.record({ left: word, operator: fc.constantFrom('==', '!=', 'has', '!contains', 'startswith_cs'), right: value });
const group: fc.Arbitrary<WhereCondition> = fc.record({ join: fc.constantFrom('and' as const, 'or' as const), not: fc.boolean(), clauses: fc.array(clause, { minLength: 2, maxLength: 3 }) });
const form: fc.Arbitrary<BlockForm> = fc.record({ form: fc.constant('where' as const), join: fc.constantFrom('and' as const, 'or' as const), clauses: fc.array(fc.oneof({ weight: 3, arbitrary: clause }, group), { minLength: 1, maxLength: 4 }) });
/** One condition alone needs no joint, and brackets around everything say nothing. */
function plain(wanted: BlockForm): BlockForm {
  const only = wanted.form === 'where' && wanted.clauses.length === 1 ? wanted.clauses[0] : undefined;
  if (only === undefined || wanted.form !== 'where') return wanted;
  return 'clauses' in only && !only.not ? { form: 'where', join: only.join, clauses: only.clauses } : { ...wanted, join: 'and' };
}
const comment = fc.constantFrom('', ' // c', ' // where | "x');
const operator = fc.tuple(fc.constantFrom('| where a == 1', '| where a == 1\n    and b == 2', '| extend q = "a // b"', '|where b has "x" // in\n or Body has "y"'), comment).map(([code, said]) => code + said);
const query = fc.array(operator, { minLength: 1, maxLength: 4 }).chain((operators) => fc.constantFrom('\n', '\n  ').map((gap) => `// top${'\n'}Logs // t${gap}${operators.join(gap)}${gap}| invoke update() // end`));

describe('whatever the text', () => {
  it('a form changes nothing outside its block and reads back as given', () => fc.assert(fc.property(query, form, fc.nat(3), (from, wanted, pick) => {
    const chosen = blocks(from).filter(({ keyword }) => keyword === 'where');
    const block = chosen[pick % chosen.length];
    if (block === undefined) return;
    const edits = formEdits(from, block, wanted);
    for (const { start, end } of edits) { expect(start).toBeGreaterThanOrEqual(block.bodyStart); expect(end).toBeLessThanOrEqual(block.bodyEnd); }
    const after = blocks(applyEdits(from, edits))[blocks(from).indexOf(block)] ?? blocks(applyEdits(from, edits)).find(({ start }) => start === block.start);
    expect(after?.form).toEqual(plain(wanted));
  }), { numRuns: 60 }));
  it('a move keeps every comment and every block', () => fc.assert(fc.property(query, fc.nat(4), fc.boolean(), (from, index, down) => {
    const before = blocks(from);
    const edits = moveBlock(from, before, index, down ? 1 : -1);
    if (edits === null) return;
    const result = applyEdits(from, edits);
    expect(comments(result)).toEqual(comments(from));
    expect(blocks(result).map(({ summary }) => summary).toSorted()).toEqual(before.map(({ summary }) => summary).toSorted());
  }), { numRuns: 60 }));
  it('a removal takes one block and no comment', () => fc.assert(fc.property(query, fc.nat(5), (from, index) => {
    const before = blocks(from);
    const edits = removeBlock(from, before, index);
    if (edits === null || before[index] === undefined) return;
    const outside = (said: string) => comments(said).length;
    const inside = comments(from.slice(before[index].start, before[index].end)).length;
    const result = applyEdits(from, edits);
    expect(outside(result)).toBe(outside(from) - inside);
    expect(blocks(result).map(({ summary }) => summary)).toEqual(before.filter((_, i) => i !== index).map(({ summary }) => summary));
  }), { numRuns: 60 }));
});

describe('layout of new words', () => {
  it.each([
    ['a == "x"', { left: 'a', operator: 'in', right: '("x", "y")' }, 'a in ("x", "y")'],
    ['a in ("x", "y")', { left: 'a', operator: '==', right: '"x"' }, 'a == "x"'],
    ['a in ("x", "y")', { left: 'a', operator: 'in', right: '("y")' }, 'a in ("y")'],
    ['a==1', { left: 'tolong(a)', operator: '==', right: '1' }, 'tolong(a) ==1'],
    ['a\n  == 1', { left: 'a', operator: '!=', right: '12' }, 'a\n  != 12'],
  ])('%s', (body, clause, wanted) => {
    const from = `Logs | where ${body}`;
    expect(applyEdits(from, formEdits(from, blocks(from)[1]!, { form: 'where', join: 'and', clauses: [clause] }))).toBe(`Logs | where ${wanted}`);
  });
});
