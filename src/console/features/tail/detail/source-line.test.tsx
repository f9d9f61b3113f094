import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakeRecord } from '../testing/fake-tail.ts';
import { SourceLine } from './source-line.tsx';

const attributes = { 'code.file.path': '/shop/src/tower.ts', 'code.line.number': 33 };

it('leads to a probe at the line of a Node process, or of one that does not say what it runs', () => {
  const languages: readonly Readonly<Record<string, string>>[] = [{ 'telemetry.sdk.language': 'nodejs' }, {}];
  for (const language of languages) {
    const { unmount } = render(<SourceLine record={fakeRecord(1, { attributes, resource: { 'service.name': 'tower', ...language } })} />);
    expect(screen.getByRole('link', { name: /Add a probe here/ }).getAttribute('href')).toMatch(/^\/probes\/new\?file=.*&line=33.*&service=tower/);
    unmount();
  }
});

it('is no dead end for what does not run in Node', () => {
  render(<SourceLine record={fakeRecord(1, { attributes, resource: { 'service.name': 'cart', 'telemetry.sdk.language': 'go' } })} />);
  expect(screen.queryByRole('link')).toBeNull();
  expect(screen.getByRole('button', { name: /Add a probe here/ }).getAttribute('aria-disabled')).toBe('true');
});

it('says of a record without a source line why it takes no probe, and leads to its process', () => {
  render(<SourceLine record={fakeRecord(1, { attributes: {}, resource: { 'service.name': 'cart', 'telemetry.sdk.language': 'nodejs', 'process.pid': 7 } })} />);
  expect(screen.getByText(/names no source line/)).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Choose a line' }).getAttribute('href')).toMatch(/^\/probes\/new\?agent=.*&pid=7$/);
});
