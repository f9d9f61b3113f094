// The picture as a person uses it, over the real parser: building a rule with the mouse, working it by keyboard, text and picture in step.
import { act, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useEffect, useState } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { applyEdits, type Blocks, type LiveField } from '../../../../kql/index.ts';
import { languageForTests } from '../../../../kql/kusto/kusto-for-tests.ts';
import type { TextEdit } from '../../../../model/index.ts';
import { QueryPicture } from './index.ts';
import type { QueryPictureProps } from './index.ts';

const kql = await languageForTests();
const fields: readonly LiveField[] = [
  { name: 'EventName', column: 'Record', type: 'string', presence: 1, distinct: 2, examples: ['LogLaunch', 'QueueDepth'] },
  { name: 'service.name', column: 'Resource', type: 'string', presence: 1, distinct: 2, examples: ['cart', 'web'] },
  { name: 'http.route', column: 'Attributes', type: 'string', presence: 0.5, distinct: 9, examples: ['/cart', 'a••••b'] },
  { name: 'depth', column: 'Attributes', type: 'long', presence: 0.2, distinct: 90, examples: ['12'] },
];

const page = { text: '', selected: [] as { start: number; end: number }[], edits: [] as (readonly TextEdit[])[], type: (_text: string): void => undefined };

/** An editor of one string, and the language service behind it. */
function Page({ initial, more }: { readonly initial: string; readonly more: Partial<QueryPictureProps> }) {
  const [text, setText] = useState(initial);
  const [good, setGood] = useState<{ text: string; blocks: NonNullable<Blocks> } | null>(null);
  const blocks = kql.blocks(text, 'rule');
  if (blocks !== null && good?.text !== text) setGood({ text, blocks });
  useEffect(() => { Object.assign(page, { text, type: setText }); }, [text]);
  return <QueryPicture text={text} reading={{ text, blocks, good, failure: null }} mode="rule" problems={[]} flow={null} selectedOffset={null} fields={fields} onSelect={(range) => { page.selected.push(range); }} onEdit={(edits) => { page.edits.push(edits); setText(applyEdits(text, edits)); }} {...more} />;
}

const show = (initial: string, more: Partial<QueryPictureProps> = {}) => render(<Page initial={initial} more={more} />);
const box = (name: RegExp | string): HTMLElement => screen.getByRole('button', { name });
const user = userEvent.setup({ pointerEventsCheck: 0 });
const choose = async (label: string, option: RegExp | string): Promise<void> => { await user.click(screen.getByRole('combobox', { name: label })); await user.click(await screen.findByRole('option', { name: option })); };

beforeEach(() => { page.selected = []; page.edits = []; });

describe('someone who never saw KQL', () => {
  it('builds a rule from nothing with the mouse', async () => {
    show('');
    await user.click(box(/^Logs/));
    expect(page.text).toBe('Logs');
    // A table has nothing to ask; the next step is offered, and asks for a value at once.
    await user.click(box(/^Add a step ?Keep/));
    await user.click(await screen.findByRole('menuitem', { name: /Keep only some records/ }));
    expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Value' }));
    await choose('Value', 'LogLaunch');
    expect(page.text).toBe('Logs\n| where EventName == "LogLaunch"');
    await user.click(box(/Done/));
    await user.click(box('Add a step after where'));
    await user.click(await screen.findByRole('menuitem', { name: /Count or compute/ }));
    expect(page.text).toBe('Logs\n| where EventName == "LogLaunch"\n| summarize Count = count() by ServiceName, bin(Timestamp, 10s)');
    await user.click(box(/Done/));
    await user.click(box(/What happens to these records/));
    await user.click(await screen.findByRole('menuitem', { name: /into a metric/ }));
    const name = await screen.findByRole<HTMLInputElement>('combobox', { name: 'Name' });
    expect(name.value).toBe('app.log_launch');
    await user.clear(name);
    await user.type(name, 'app.launches{Enter}');
    expect(page.text).toBe('Logs\n| where EventName == "LogLaunch"\n| summarize Count = count() by ServiceName, bin(Timestamp, 10s)\n| invoke to_metric("app.launches")');
    expect(kql.compile(page.text, { mode: 'rule' }).plan).not.toBeNull();
  });
  it('gets the count with the metric when nothing is counted yet', async () => {
    show('Logs\n| where EventName == "LogLaunch"');
    await user.click(box(/What happens to these records/));
    await user.click(await screen.findByRole('menuitem', { name: /into a metric/ }));
    expect(page.text).toBe('Logs\n| where EventName == "LogLaunch"\n| summarize Count = count() by ServiceName, bin(Timestamp, 10s)\n| invoke to_metric("app.log_launch")');
    expect(await screen.findByRole('dialog', { name: /Turn them into a metric/ })).toBeTruthy();
  });
  it('is offered only a metric for what was counted', async () => {
    show('Logs\n| summarize n = count() by bin(Timestamp, 10s)');
    await user.click(box(/What happens to these records/));
    expect((await screen.findAllByRole('menuitem')).map(({ textContent }) => textContent)).toEqual([expect.stringContaining('Turn them into a metric')]);
  });
  it('says groups of conditions, and what must not hold', async () => {
    show('Logs | where EventName == "x"');
    await user.click(box(/^where/));
    await user.click(box('Add a group'));
    const group = screen.getByRole('group', { name: 'group 2' });
    await user.click(within(group).getByRole('combobox', { name: 'How group 2 counts' }));
    await user.click(await screen.findByRole('option', { name: 'None of these holds' }));
    for (const [name, field, value] of [['2.1', 'depth', '5'], ['2.2', 'http.route', '/cart']] as const) {
      const clause = screen.getByRole('group', { name: `condition ${name}` });
      await user.type(within(clause).getByRole('combobox', { name: 'Field' }), `${field}{Enter}`);
      await user.type(within(clause).getByRole('combobox', { name: 'Value' }), `${value}{Enter}`);
    }
    expect(page.text).toBe('Logs | where EventName == "x" and not(tolong(Attributes["depth"]) == 5 or tostring(Attributes["http.route"]) == "/cart")');
  });
});

describe('clicking a step, then Done', () => {
  const operators = ['where EventName == "x"', 'where tobool(a)', 'where not(a == 1 or b == 2)', 'extend a = 1', 'project a, b', 'project-away a', 'project-keep a', 'project-rename a = b', 'summarize n = count() by ServiceName, bin(Timestamp, 10s)', 'summarize n = sum(a) / count()', 'parse Body with * "k=" v " " *', 'parse-where Body with * "k=" v:long', 'mv-expand i = Attributes.list', 'distinct a', 'sort by a desc', 'order by a', 'top 5 by a', 'take 5', 'limit 5', 'count', 'sample 5'];
  const sinks = ['drop()', 'sample(0.1)', 'dedup(1m)', 'update()', 'redact("email")', 'to_metric("m")', 'record("r")', 'route("e")', 'nothing()'];
  const texts = [['let a = 5;\nLogs', /^let/], ['union Logs, Spans', /^union/], ...['Logs', 'Spans', 'Metrics', 'source'].map((table) => [table, new RegExp(`^${table}`)] as const), ...operators.map((operator) => [`Logs | ${operator}`, new RegExp(`^${operator.split(' ')[0]}( |$|[^-])`)] as const), ...sinks.map((sink) => [`Logs | where a == 1 | invoke ${sink}`, new RegExp(`^${sink.split('(')[0]}`)] as const)] as const;
  it.each(texts)('leaves %s as it is, and the focus at the step', async (text, name) => {
    show(text);
    const step = screen.getAllByRole('button', { name }).find((each) => each.classList.contains('qp-box'))!;
    await user.click(step);
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: /^Done/ }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement).toBe(step);
    expect(page.text).toBe(text);
  });
});

const rule = 'Logs\n// keep\n| where EventName == "x" // why\n| extend a = 1\n| invoke update()';

describe('keys', () => {
  const focus = async (name: RegExp): Promise<void> => { act(() => box(name).focus()); };
  it('walk the chain and say where they are', async () => {
    show(rule);
    await focus(/^Logs/);
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(box(/^where/));
    expect(rule.slice(page.selected.at(-1)!.start, page.selected.at(-1)!.end)).toBe('| where EventName == "x"');
    await user.keyboard('{End}');
    expect(document.activeElement).toBe(box(/^update/));
  });
  it('move a step with its comments', async () => {
    show(rule);
    await focus(/^where/);
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
    expect(page.text).toBe('Logs\n| extend a = 1\n// keep\n| where EventName == "x" // why\n| invoke update()');
    await waitFor(() => expect(document.activeElement).toBe(box(/^where/)));
  });
  it('remove a step', async () => {
    show(rule);
    await focus(/^extend/);
    await user.keyboard('{Delete}');
    expect(page.text).toBe('Logs\n// keep\n| where EventName == "x" // why\n| invoke update()');
  });
  it('add a step', async () => {
    show(rule);
    await focus(/^extend/);
    await user.keyboard('+');
    await user.click(await screen.findByRole('menuitem', { name: /Remove fields/ }));
    expect(page.text).toContain('| extend a = 1\n| project-away unwanted\n| invoke');
  });
  it('open a form with Enter and close it with Escape', async () => {
    show(rule);
    await focus(/^where/);
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('dialog', { name: /Keep only some records/ })).toBeTruthy();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(document.activeElement).toBe(box(/^where/));
  });
  it('take back what the picture did, and make it again', async () => {
    show(rule);
    await focus(/^extend/);
    await user.keyboard('{Delete}');
    const removed = page.text;
    await user.keyboard('{Control>}z{/Control}');
    expect(page.text).toBe(rule);
    await user.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    expect(page.text).toBe(removed);
    act(() => page.type(`${removed} // typed`));
    expect(box(/Take back/).getAttribute('aria-disabled')).toBe('true');
  });
});

describe('a form', () => {
  const open = async (text: string, name: RegExp): Promise<HTMLElement> => { show(text); await user.click(box(name)); return await screen.findByRole('dialog'); };
  it('keeps half a condition to itself until it is whole', async () => {
    const form = await open(rule, /^where/);
    await user.click(within(form).getByRole('button', { name: 'Add a condition' }));
    expect(page.text).toBe(rule);
    expect(within(form).getByRole('status').textContent).toContain('choose a field in condition 2, give condition 2 a value');
    const second = within(form).getByRole('group', { name: 'condition 2' });
    await user.type(within(second).getByRole('combobox', { name: 'Field' }), 'http.route{Enter}');
    await user.type(within(second).getByRole('combobox', { name: 'Value' }), 'a"b{Enter}');
    expect(page.text).toBe(rule.replace('"x"', '"x" and tostring(Attributes["http.route"]) == "a\\"b"'));
  });
  it('offers no masked value', async () => {
    const form = await open('Logs | where tostring(Attributes["http.route"]) == ""', /^where/);
    await user.click(within(form).getByRole('combobox', { name: 'Value' }));
    expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual(['/cart']);
  });
  it('writes lists and ranges', async () => {
    const form = await open('Logs | where EventName == "x"', /^where/);
    await choose('Comparison', 'is one of in');
    await user.type(within(form).getByRole('combobox', { name: 'Value: add one' }), 'y{Enter}');
    expect(page.text).toBe('Logs | where EventName in ("x", "y")');
    await user.click(within(form).getByRole('button', { name: 'Remove x' }));
    expect(page.text).toBe('Logs | where EventName in ("y")');
  });
  it('takes what somebody else typed', async () => {
    const form = await open('Logs | where EventName == "x"', /^where/);
    act(() => page.type('Logs | where EventName == "other"'));
    expect(within(form).getByRole<HTMLInputElement>('combobox', { name: 'Value' }).value).toBe('other');
  });
  it('shows what it cannot take apart as KQL, and refuses an open bracket', async () => {
    const form = await open('Logs | where tobool(a)', /^where/);
    const text = within(form).getByRole('textbox', { name: /as KQL/ });
    await user.clear(text);
    await user.type(text, 'tobool(b');
    await user.tab();
    expect(page.text).toBe('Logs | where tobool(a)');
    await user.type(text, ')');
    await user.tab();
    expect(page.text).toBe('Logs | where tobool(b)');
  });
});

describe('in step with the text', () => {
  it('keeps the last good picture of a broken text and says why', async () => {
    const onSelect = vi.fn();
    const text = 'Logs | where (';
    const { container } = render(<QueryPicture text={text} reading={{ text, blocks: null, good: { text: rule, blocks: kql.blocks(rule, 'rule')! }, failure: null }} mode="rule" problems={[{ severity: 'error', code: 'x', message: 'A bracket is open.', start: 13, end: 14 }]} flow={null} selectedOffset={null} fields={[]} onEdit={() => undefined} onSelect={onSelect} />);
    expect(container.querySelector('[data-stale]')).toBeTruthy();
    expect(screen.getByRole('status').textContent).toContain('The picture is of the text before. A bracket is open.');
    expect(box(/^where/).getAttribute('aria-disabled')).toBe('true');
    await user.click(box('Show line 1'));
    expect(onSelect).toHaveBeenCalledWith({ start: 13, end: 14 });
  });
  it('marks the block under the text cursor', () => {
    show(rule, { selectedOffset: rule.indexOf('extend') });
    expect(box(/^extend/).getAttribute('aria-current')).toBe('true');
    expect(screen.getByText('line 4')).toBeTruthy();
  });
  it('shows rates where they were measured', () => {
    show(rule, { flow: [{ in: 23_118, out: 23_118 }, { in: 23_118, out: 4310 }, { in: 4310, out: 4310 }, { in: 4310, out: 0 }] });
    expect(screen.getByText('18.6 % match')).toBeTruthy();
    expect(screen.getByText('18,808/s pass untouched')).toBeTruthy();
  });
});

describe('every form', () => {
  const say = async (text: string, name: RegExp, change: (form: HTMLElement) => Promise<void>): Promise<string> => {
    show(text);
    await user.click(box(name));
    await change(await screen.findByRole('dialog'));
    return page.text;
  };
  const fill = async (form: HTMLElement, label: string, typed: string): Promise<void> => { const field = within(form).getByLabelText(label, { selector: 'input' }); await user.clear(field); await user.type(field, `${typed}{Enter}`); };
  it('renames a column', async () => expect(await say('Logs | extend a = 1 | invoke update()', /^extend/, (form) => fill(form, 'Name', 'my field'))).toBe("Logs | extend ['my field'] = 1 | invoke update()"));
  it('names an attribute to remove', async () => expect(await say('Logs | project-away unwanted | invoke update()', /^project-away/, (form) => fill(form, 'Field', 'http.route'))).toBe("Logs | project-away ['http.route'] | invoke update()"));
  it('groups by an attribute under a name of its own', async () => expect(await say('Logs | summarize n = count() by ServiceName, bin(Timestamp, 10s)', /^summarize/, (form) => fill(form, 'Group by', 'http.route'))).toBe('Logs | summarize n = count() by [\'http.route\'] = tostring(Attributes["http.route"]), bin(Timestamp, 10s)'));
  it('computes with an attribute', async () => expect(await say('Logs | summarize n = max(SeverityNumber) by bin(Timestamp, 10s)', /^summarize/, (form) => fill(form, 'Of', 'depth'))).toBe('Logs | summarize n = max(tolong(Attributes["depth"])) by bin(Timestamp, 10s)'));
  it('gives a sink its parameters', async () => {
    expect(await say('Logs | where a == 1 | invoke record("r")', /^record/, async (form) => { await user.click(within(form).getByRole('checkbox')); })).toBe('Logs | where a == 1 | invoke record("r", tee=true)');
  });
  it('reads fields out of a text', async () => expect(await say('Logs | parse Body with * "k=" v " " * | invoke update()', /^parse/, (form) => fill(form, 'Field', 'order'))).toContain("['order']"));
  it('changes the table', async () => expect(await say('Logs | count', /^Logs/, async () => choose('Where the records come from', 'Spans'))).toBe('Spans | count'));
});
