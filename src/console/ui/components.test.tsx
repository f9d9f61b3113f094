import { fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { useToasts } from '../state/index.ts';
import { useState } from 'react';
import { Button, ConfirmDialog, Dialog, ResizablePanes, Segmented, Table, toast, ToastRegion } from './index.ts';

describe('Button', () => {
  it('does nothing while disabled, but stays reachable and says why', async () => {
    const click = vi.fn<() => void>();
    render(<Button disabledReason="Deploy needs a rule without errors." onClick={click}>Deploy</Button>);
    const button = screen.getByRole('button', { name: 'Deploy' });
    await userEvent.tab();
    expect(document.activeElement).toBe(button);
    expect((await screen.findByRole('tooltip')).textContent).toContain('without errors');
    await userEvent.click(button);
    expect(click).not.toHaveBeenCalled();
    expect(button.getAttribute('aria-disabled')).toBe('true');
  });
});

describe('ConfirmDialog', () => {
  it('is armed only by typing the name', async () => {
    const confirm = vi.fn<() => void>();
    render(<ConfirmDialog open onOpenChange={() => undefined} title="Delete drop-render?" confirmLabel="Delete" typeToConfirm="drop-render" onConfirm={confirm}>It stops on 2 agents.</ConfirmDialog>);
    await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
    expect(confirm).not.toHaveBeenCalled();
    await userEvent.type(screen.getByRole('textbox'), 'drop-render');
    await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
    expect(confirm).toHaveBeenCalledOnce();
  });
});

describe('Dialog', () => {
  const open = { open: true, onOpenChange: () => undefined, title: 'Deploy?' };
  it('begins at the first control of its body, not at Close', () => {
    render(<Dialog {...open} footer={<Button variant="primary">Deploy</Button>}><p>On 2 agents.</p><input aria-label="Note" /></Dialog>);
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Note' }));
  });
  it('begins at the main button where the body has nothing to do', () => {
    render(<Dialog {...open} footer={<><Button>Not yet</Button><Button variant="primary">Deploy</Button></>}>On 2 agents.</Dialog>);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Deploy' }));
  });
  it('leaves the focus where something took it', () => {
    render(<Dialog {...open} footer={<><Button autoFocus>Not yet</Button><Button variant="primary">Deploy</Button></>}><input aria-label="Note" /></Dialog>);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Not yet' }));
  });
});

describe('Segmented', () => {
  function Modes() {
    const [mode, setMode] = useState('mask');
    return <Segmented label="How" value={mode} onChange={setMode} options={[{ value: 'mask', label: 'Mask' }, { value: 'partial', label: 'Partial' }, { value: 'hash', label: 'Hash' }]} />;
  }
  it('is entered at the choice, and arrows choose', async () => {
    render(<Modes />);
    const chosen = () => screen.getAllByRole('radio').filter(each => each.getAttribute('aria-checked') === 'true').map(each => each.textContent);
    await userEvent.tab();
    expect(document.activeElement?.textContent).toBe('Mask');
    await userEvent.keyboard('{ArrowRight}');
    expect(chosen()).toEqual(['Partial']);
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(chosen()).toEqual(['Hash']);
  });
});

describe('Table', () => {
  it('moves with the arrows and picks with Enter', async () => {
    const pick = vi.fn<(row: string) => void>();
    render(<Table label="Ids" rows={['a', 'b', 'c']} rowKey={row => row} selectedKey={null} onPick={pick} columns={[{ key: 'id', head: 'Id', cell: row => row }]} />);
    await userEvent.tab();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}{Enter}');
    expect(pick).toHaveBeenCalledExactlyOnceWith('b');
  });
});

describe('ResizablePanes', () => {
  it('resizes with the keyboard within its bounds', async () => {
    render(<ResizablePanes id="test" label="the detail" defaultSize={300} minSize={200} maxSize={400} first="left" second="right" />);
    const bar = screen.getByRole('separator', { name: 'Resize the detail' });
    bar.focus();
    await userEvent.keyboard('{ArrowLeft}');
    expect(bar.getAttribute('aria-valuenow')).toBe('316');
    await userEvent.keyboard('{End}');
    expect(bar.getAttribute('aria-valuenow')).toBe('400');
  });
});

describe('A table within a form', () => {
  it('is one stop of Tab, at the selected row; arrows move in it', async () => {
    const rows = ['a', 'b', 'c'];
    render(<><Table oneStop label="Letters" columns={[{ key: 'l', head: 'Letter', cell: row => row }]} rows={rows} rowKey={row => row} selectedKey="b" onPick={() => undefined} rowLabel={row => row} /><button type="button">After</button></>);
    await userEvent.tab();
    expect(document.activeElement).toBe(screen.getByRole('row', { name: 'b' }));
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(screen.getByRole('row', { name: 'c' }));
    await userEvent.keyboard('{ArrowUp}{Tab}');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'After' }));
  });
});

describe('Toasts', () => {
  it('keeps errors longer than others, while they are looked at, and undoes', async () => {
    vi.useFakeTimers();
    const undo = vi.fn<() => void>();
    try {
      useToasts.setState({ toasts: [] });
      render(<ToastRegion />);
      const { act } = await import('@testing-library/react');
      act(() => { toast({ title: 'Deployed', action: { label: 'Undo', run: undo } }); toast({ kind: 'error', title: 'Refused' }); });
      act(() => screen.getByRole('button', { name: 'Undo' }).click());
      expect(undo).toHaveBeenCalledOnce();
      act(() => { toast({ title: 'Saved' }); });
      act(() => { vi.advanceTimersByTime(10_000); });
      expect(screen.queryByText('Saved')).toBeNull();
      const refused = screen.getByRole('alert');
      expect(refused.textContent).toContain('Refused');
      fireEvent.mouseEnter(refused);
      act(() => { vi.advanceTimersByTime(60_000); });
      expect(screen.getByRole('alert')).toBe(refused);
      fireEvent.mouseLeave(refused);
      act(() => { vi.advanceTimersByTime(20_000); });
      expect(screen.queryByRole('alert')).toBeNull();
    } finally { vi.useRealTimers(); }
  });
});
