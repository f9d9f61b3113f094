import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { createRef } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { KqlAnalysis, KqlClient } from '../workers/kql/index.ts';
import { EditorServicesProvider, KqlEditor, KqlInput, plainEngine, TextDiff, YamlEditor, type EditorHandle, type EditorServices } from './index.ts';

afterEach(cleanup);

const wrong: KqlAnalysis = { diagnostics: [{ severity: 'error', code: 'x', message: 'no', start: 0, end: 1 }], plan: null };
const right: KqlAnalysis = { diagnostics: [], plan: { version: 2, table: 'source', operators: [], sink: null } };
const kql: KqlClient = { analyze: async text => text.includes('!') ? wrong : right, complete: async () => [], hover: async () => null, signature: async () => null, check: async () => ({ document: null, compiled: null, problems: [] }), blocks: async () => null, format: async text => text, tokens: async () => [], setLiveFields: () => undefined, close: () => undefined };
const services = (more: Partial<EditorServices> = {}): EditorServices => ({ kql: () => kql, loadEngine: async () => plainEngine, warm: () => undefined, ...more });
const show = (ui: React.ReactNode, more?: Partial<EditorServices>) => render(<EditorServicesProvider value={services(more)}>{ui}</EditorServicesProvider>);

describe('KqlInput', () => {
  it('applies on Enter with the analysis of exactly that text', async () => {
    const onApply = vi.fn();
    show(<KqlInput label="Filter" value="" onApply={onApply} />);
    const box = await screen.findByRole('textbox', { name: 'Filter' });
    fireEvent.input(box, { target: { value: 'a !' } });
    fireEvent.keyDown(box, { key: 'Enter' });
    await waitFor(() => expect(onApply).toHaveBeenCalledWith('a !', wrong));
    await waitFor(() => expect(box.getAttribute('aria-invalid')).toBe('true'));
  });

  it('clears with an empty text, and stays one line', async () => {
    const onApply = vi.fn();
    show(<KqlInput label="Filter" value="x" onApply={onApply} />);
    const box = (await screen.findByRole('textbox', { name: 'Filter' })) as HTMLTextAreaElement;
    fireEvent.input(box, { target: { value: 'a\nb' } });
    expect(box.value).toBe('a b');
    fireEvent.input(box, { target: { value: ' ' } });
    fireEvent.keyDown(box, { key: 'Enter' });
    expect(onApply).toHaveBeenCalledWith('', { diagnostics: [], plan: null });
  });

  it('follows the value in force when it changes from outside', async () => {
    const view = show(<KqlInput label="Filter" value="one" onApply={() => undefined} />);
    await screen.findByRole('textbox', { name: 'Filter' });
    view.rerender(<EditorServicesProvider value={services()}><KqlInput label="Filter" value="two" onApply={() => undefined} /></EditorServicesProvider>);
    await waitFor(() => expect((screen.getByRole('textbox', { name: 'Filter' }) as HTMLTextAreaElement).value).toBe('two'));
  });
});

describe('KqlEditor', () => {
  it('does not let a late echo of its own text undo what was typed since, and takes a text from outside', async () => {
    const seen: string[] = [];
    const view = (value: string) => <EditorServicesProvider value={shared}><KqlEditor label="Rule" mode="rule" value={value} onChange={text => seen.push(text)} /></EditorServicesProvider>;
    const shared = services();
    const { rerender } = render(view(''));
    const box = (await screen.findByRole('textbox', { name: 'Rule' })) as HTMLTextAreaElement;
    for (const value of ['a', 'ab', 'abc']) fireEvent.input(box, { target: { value } });
    rerender(view('ab'));
    expect(box.value).toBe('abc');
    rerender(view('abc'));
    rerender(view('a'));
    expect(box.value).toBe('a');
    expect(seen).toEqual(['a', 'ab', 'abc']);
  });

  it('submits with Ctrl Enter and goes to a place', async () => {
    const onSubmit = vi.fn();
    const handle = createRef<EditorHandle>();
    show(<KqlEditor ref={handle} label="Rule" mode="rule" value="Logs | take 1" onChange={() => undefined} onSubmit={onSubmit} />);
    const box = (await screen.findByRole('textbox', { name: 'Rule' })) as HTMLTextAreaElement;
    fireEvent.keyDown(box, { key: 'Enter' });
    expect(onSubmit).not.toHaveBeenCalled();
    fireEvent.keyDown(box, { key: 'Enter', ctrlKey: true });
    expect(onSubmit).toHaveBeenCalledOnce();
    handle.current?.reveal(7, 11);
    expect(box.value.slice(box.selectionStart, box.selectionEnd)).toBe('take');
  });

  it('goes to a place that was asked for before the engine came', async () => {
    const handle = createRef<EditorHandle>();
    let arrive: (engine: typeof plainEngine) => void = () => undefined;
    show(<KqlEditor ref={handle} label="Rule" mode="rule" value="Logs | take 1" onChange={() => undefined} />, { loadEngine: () => new Promise(resolve => { arrive = resolve; }) });
    handle.current?.reveal(7, 11);
    arrive(plainEngine);
    const box = (await screen.findByRole('textbox', { name: 'Rule' })) as HTMLTextAreaElement;
    expect(box.value.slice(box.selectionStart, box.selectionEnd)).toBe('take');
    expect(screen.getByText('leaves the text', { exact: false }).getAttribute('aria-hidden')).toBe('true');
  });

  it('shows the text while the engine loads, and a working plain box when it cannot', async () => {
    show(<KqlEditor label="Rule" mode="rule" value="Logs" onChange={() => undefined} />, { loadEngine: () => Promise.reject(new Error('offline')) });
    expect(screen.getByText('Logs').getAttribute('aria-hidden')).toBe('true');
    expect((await screen.findByRole('status')).textContent).toContain('could not be loaded (offline)');
    expect((screen.getByRole('textbox', { name: 'Rule' }) as HTMLTextAreaElement).value).toBe('Logs');
  });
});

describe('YamlEditor', () => {
  it('takes edits at places of its own text, and tells the page', async () => {
    const onChange = vi.fn();
    const handle = createRef<EditorHandle>();
    show(<YamlEditor ref={handle} label="Document" value={'name: a\norder: 1\n'} onChange={onChange} />);
    const box = (await screen.findByRole('textbox', { name: 'Document' })) as HTMLTextAreaElement;
    handle.current?.applyEdits([{ start: 6, end: 7, text: 'b' }, { start: 15, end: 16, text: '20' }]);
    expect(box.value).toBe('name: b\norder: 20\n');
    expect(onChange).toHaveBeenCalledWith('name: b\norder: 20\n');
  });
});

describe('TextDiff', () => {
  it('shows both texts under one name', async () => {
    show(<TextDiff language="kql" label="Version 1 and 2" original="old" modified="new" />);
    expect((await screen.findByRole('group', { name: 'Version 1 and 2' })).textContent).toBe('oldnew');
  });
  it('says how many places differ, and which side is which', async () => {
    show(<TextDiff language="yaml" label="Two" original={'a\nb\nc\nd'} modified={'a\nx\nc\ny'} sides={['yesterday', 'this one']} />);
    await waitFor(() => expect(screen.getByRole('status', { name: 'Differences' }).textContent).toBe('2 differences'));
    expect(screen.getByText('yesterday').textContent).toBe('left, − yesterday');
  });
  it('says that nothing differs, and then leads nowhere', async () => {
    show(<TextDiff language="yaml" label="Two" original="a" modified="a" />);
    await waitFor(() => expect(screen.getByRole('status', { name: 'Differences' }).textContent).toBe('no difference'));
    expect(screen.getByRole('button', { name: 'Next' }).getAttribute('aria-disabled')).toBe('true');
  });
});
