import { render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { TypedField } from './typed-field.tsx';

function Document({ said }: { readonly said: string[] }) {
  const [value, setValue] = useState('a');
  return <><TypedField label="Pattern" value={value} schema={z.string().min(1, 'Write one.')} problem={null} onCommit={(next) => { said.push(next); setValue(next); }} /><button type="button" onClick={() => setValue('undone')}>Undo</button></>;
}

it('reaches the document while it is typed, and follows it', async () => {
  const said: string[] = [];
  render(<Document said={said} />);
  const field = screen.getByRole('textbox', { name: 'Pattern' });
  await userEvent.type(field, 'bc');
  await waitFor(() => expect(said.at(-1)).toBe('abc'));
  await userEvent.clear(field);
  expect(await screen.findByText('Write one.')).toBeTruthy();
  expect(said.at(-1), 'what is no pattern stays out').toBe('abc');
  await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect((field as HTMLInputElement).value).toBe('undone'));
});
