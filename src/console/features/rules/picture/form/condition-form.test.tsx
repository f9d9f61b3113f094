// A guard as a form, over the real parser behind a fake worker.
import { render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import type { LiveField } from '../../../../../kql/index.ts';
import { languageForTests } from '../../../../../kql/kusto/kusto-for-tests.ts';
import { EditorServicesProvider, plainEngine } from '../../../../editor/index.ts';
import type { KqlClient } from '../../../../workers/kql/index.ts';
import { ConditionForm } from '../index.ts';

const kql = await languageForTests();
const client = { blocks: async (text: string, mode: 'guard') => kql.blocks(text, mode) } as unknown as KqlClient; // no other call is made here
const services = { kql: () => client, loadEngine: async () => plainEngine, warm: () => undefined };

const seen: readonly LiveField[] = [{ name: 'EventName', column: 'Record', type: 'string', presence: 1, distinct: 2, examples: ['QueueDepth', 'CartItemAdded', 'CartEmptied'] }];

function show(initial: string, fields: readonly LiveField[] = []) {
  const onChange = vi.fn<(text: string) => void>();
  function Guard() {
    const [text, setText] = useState(initial);
    return <ConditionForm label="When" text={text} fields={fields} onChange={(next) => { onChange(next); setText(next); }} />;
  }
  render(<EditorServicesProvider value={services}><Guard /></EditorServicesProvider>);
  return onChange;
}

describe('ConditionForm', () => {
  it('fills an empty condition', async () => {
    const onChange = show('');
    const form = await screen.findByRole('group', { name: 'When' });
    await userEvent.type(within(form).getByRole('combobox', { name: 'Field' }), 'EventName{Enter}');
    expect(onChange).not.toHaveBeenCalled();
    await userEvent.type(within(form).getByRole('combobox', { name: 'Value' }), 'QueueDepth{Enter}');
    expect(onChange).toHaveBeenLastCalledWith('EventName == "QueueDepth"');
  });
  it('takes a typed value without Enter, and says by name what is missing', async () => {
    const onChange = show('');
    const form = await screen.findByRole('group', { name: 'When' });
    expect(within(form).getByRole('status').textContent).toBe('Not in the rule yet: choose a field in the condition, give the condition a value.');
    await userEvent.type(within(form).getByRole('combobox', { name: 'Field' }), 'EventName{Enter}');
    expect(within(form).getByRole('status').textContent).toBe('Not in the rule yet: give the condition a value.');
    const value = within(form).getByRole('combobox', { name: 'Value' });
    await userEvent.type(value, 'QueueDepth');
    await waitFor(() => expect(onChange).toHaveBeenLastCalledWith('EventName == "QueueDepth"'));
    expect(document.activeElement).toBe(value);
    expect(within(form).queryByRole('status')).toBeNull();
  });
  it('takes with Enter the only value that begins so, and what was typed where several do', async () => {
    const onChange = show('EventName == "x"', seen);
    const value = await screen.findByRole('combobox', { name: 'Value' });
    await userEvent.clear(value);
    await userEvent.type(value, 'queue{Enter}');
    expect(onChange).toHaveBeenLastCalledWith('EventName == "QueueDepth"');
    await userEvent.clear(value);
    await userEvent.type(value, 'Cart{Enter}');
    expect(onChange).toHaveBeenLastCalledWith('EventName == "Cart"');
  });
  it('changes one place of a longer one', async () => {
    const onChange = show('EventName == "QueueDepth"  and toint(Attributes.depth) > 200');
    const second = await screen.findByRole('group', { name: 'condition 2' });
    const value = within(second).getByRole('combobox', { name: 'Value' });
    await userEvent.clear(value);
    await userEvent.type(value, '300{Enter}');
    expect(onChange).toHaveBeenLastCalledWith('EventName == "QueueDepth"  and toint(Attributes.depth) > 300');
  });
  it('shows as KQL what it cannot take apart', async () => {
    show('a == 1 and tobool(b)');
    expect((await screen.findByRole<HTMLTextAreaElement>('textbox')).value).toBe('a == 1 and tobool(b)');
  });
});
