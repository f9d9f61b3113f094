import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Button, Dialog, Menu, Popover } from './index.ts';

beforeEach(() => { vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} }); });
afterEach(() => { cleanup(); vi.unstubAllGlobals(); });

function Asking({ by }: { readonly by: 'popover' | 'menu' }) {
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(false);
  const ask = () => { setOpen(false); setAsked(true); };
  return (
    <>
      {by === 'menu' ? <Menu label="More" entries={[{ label: 'Ask', onSelect: ask }]}><Button>Open</Button></Menu> : <Popover label="More" open={open} onOpenChange={setOpen} content={<Button onClick={ask}>Ask</Button>}><Button>Open</Button></Popover>}
      {asked && <Dialog open onOpenChange={setAsked} title="Asked"><input aria-label="Name" /></Dialog>}
    </>
  );
}

it.each(['popover', 'menu'] as const)('a dialog that a %s opened keeps the focus, and gives it back to its button', async by => {
  render(<Asking by={by} />);
  await userEvent.click(screen.getByRole('button', { name: 'Open' }));
  await userEvent.click(await screen.findByRole(by === 'menu' ? 'menuitem' : 'button', { name: 'Ask' }));
  await userEvent.type(await screen.findByRole('textbox', { name: 'Name' }), 'a', { skipClick: true });
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Name' })));
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Open' })));
});
