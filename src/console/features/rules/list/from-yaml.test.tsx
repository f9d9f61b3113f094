// A new rule from a document that somebody pastes: it opens in the editor as it is, of the kind it says.
import { screen, waitFor, within } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { createMockServer } from '../../../../../mocks/index.ts';
import { renderConsole } from '../../../../../mocks/console/index.ts';
import { newDraftKey, useDrafts } from '../../../state/index.ts';

const { server } = createMockServer();
class SilentWorker extends EventTarget { postMessage() { /* nobody listens */ } terminate() { /* nothing runs */ } }
beforeAll(() => { vi.stubGlobal('Worker', SilentWorker); Element.prototype.hasPointerCapture ??= () => false; server.listen({ onUnhandledFrame: 'error' }); });
afterEach(() => server.resetHandlers());
afterAll(() => { vi.unstubAllGlobals(); server.close(); });

it('a pasted document becomes a draft, and what is wrong with it is said before it opens', async () => {
  const { history, user } = renderConsole('/rules');
  await user.click((await screen.findAllByRole('button', { name: /New rule/ }))[0]!);
  await user.click(await screen.findByRole('menuitem', { name: /From YAML/ }));
  const dialog = await screen.findByRole('dialog', { name: 'New rule from YAML' });
  const open = within(dialog).getByRole('button', { name: 'Open in the editor' });
  expect(open.getAttribute('aria-disabled')).toBe('true');
  const box = within(dialog).getByLabelText('Document');
  await user.click(box);
  await user.paste('weir: 1\nkind: query\n');
  expect(dialog.textContent).toContain('It opens all the same');
  await user.clear(box);
  await user.paste('weir: 1\nkind: query\nname: from-paste\ndescription: ""\norder: 100\nkql: |\n  Logs | invoke drop()\n');
  await user.click(within(dialog).getByRole('button', { name: 'Open in the editor' }));
  await waitFor(() => expect(history.location.pathname).toBe('/rules/new'));
  const draft = new URLSearchParams(history.location.search).get('draft') ?? '';
  expect(useDrafts.getState().drafts[newDraftKey(draft.replaceAll('"', ''))]?.text).toContain('name: from-paste');
});
