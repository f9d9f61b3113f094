// A heap snapshot on a terminal: a table of constructors, and suspects in sentences.
import type { ClassDelta, ClassRow, HeapAnalysis, HeapDiff, PathStep, Suspect } from '../../heap/index.ts';

const maxName = 60;

export function printHeap({ heap, shallowTotal }: HeapAnalysis, classes: readonly ClassRow[], suspects: readonly Suspect[]): string[] {
  return [
    `${counted(heap.nodes.count)} objects, ${counted(heap.edges.count)} references, ${size(shallowTotal)}`, '',
    ...table(['objects', 'shallow', 'retained', 'share', 'constructor'], classes.map((row) => [counted(row.objects), size(row.shallow), size(row.retained), `${(row.share * 100).toFixed(1)} %`, cut(row.name)])), '',
    ...inWords(suspects),
  ];
}

export function printHeapDiff({ by, added, removed, sizeDelta }: HeapDiff, classes: readonly ClassDelta[], suspects: readonly Suspect[]): string[] {
  if (by === 'classes') return printClassDiff(sizeDelta, classes, suspects);
  return [
    `${counted(added)} objects came, ${counted(removed)} went: ${signed(sizeDelta)}`, '',
    ...table(['new', 'gone', 'more', 'bytes more', 'constructor'], classes.map((row) => [counted(row.added), counted(row.removed), more(row), signed(row.sizeDelta), cut(row.name)])), '',
    ...inWords(suspects),
  ];
}

/** Snapshots of two processes. */
function printClassDiff(sizeDelta: number, classes: readonly ClassDelta[], suspects: readonly Suspect[]): string[] {
  return [
    twoProcesses, `${signed(sizeDelta)} in all`, '',
    ...table(['more', 'bytes more', 'constructor'], classes.map((row) => [more(row), signed(row.sizeDelta), cut(row.name)])), '',
    'In the later snapshot alone:', ...inWords(suspects),
  ];
}

export const twoProcesses = 'The snapshots are of two processes: their ids name different objects. Only how many objects each class has is compared.';

function inWords(suspects: readonly Suspect[]): string[] {
  if (suspects.length === 0) return ['Nothing looks like a leak.'];
  const told = suspects.flatMap(({ words, detail, certainty, retained, path }, index) => [
    `${index + 1}. ${words.map(({ text }) => text).join('')} (${size(retained)}, ${certainty})`,
    `   ${detail.map(({ text }) => text).join('')}`,
    `   ${pathText(path)}`,
  ]);
  return ['Leak suspects', ...told.map(clean)];
}

/** From the root's child on; the root and the engine's own roots say nothing. */
const pathText = (path: readonly PathStep[]): string =>
  path.map(({ via, node }) => (via === null ? node.className : `${via.type === 'property' || via.type === 'context' ? `.${via.name.text} ` : `[${via.name.text}] `}${cut(node.className)} @${node.id}`)).join(' → ');

/** Right-aligned columns; the last is left as it is. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  return [head, ...rows].map((row) => row.map((cell, column) => (column === row.length - 1 ? cell : cell.padStart(widths[column]!))).join('  '));
}

const counted = (count: number): string => count.toLocaleString('en-US');
const more = ({ delta }: ClassDelta): string => `${delta > 0 ? '+' : ''}${counted(delta)}`;
const signed = (bytes: number): string => (bytes < 0 ? `-${size(-bytes)}` : `+${size(bytes)}`);
/** Names come from the snapshot: no control character reaches the terminal. */
const clean = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ');
const cut = (name: string): string => clean(name.length > maxName ? `${name.slice(0, maxName - 1)}…` : name);

function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
