import { expect, it } from 'vitest';
import { recorderItems } from './recorder-items.ts';

const offered = (marked: string, names = ['by-session', 'checkout-verbose']) => {
  const offset = marked.indexOf('‹');
  const text = marked.replace('‹', '');
  return recorderItems(text, offset, names)?.map(({ insertText, start, end }) => text.slice(0, start) + insertText + text.slice(end)) ?? null;
};

it('offers recorders where the name of one is written, and takes the place of what is there', () => {
  for (const text of ['Logs | invoke record(‹)', 'Logs | invoke record("‹")', 'Logs | invoke record("che‹ck")']) expect(offered(text)?.[1]).toBe('Logs | invoke record("checkout-verbose")');
  expect(offered('Logs\n| invoke record( "‹", true)')?.[0]).toBe('Logs\n| invoke record( "by-session", true)');
});

it('leaves every other place to the service', () => {
  for (const text of ['Logs | invoke record("a", ‹)', 'Logs | where x == "‹"', 'Logs | invoke ‹record("a")']) expect(offered(text)).toBeNull();
  expect(offered('Logs | invoke record("‹")', [])).toBeNull();
});
