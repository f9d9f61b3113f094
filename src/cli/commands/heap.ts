// `weir heap FILE` and `weir heap --diff A B`: what is large in a V8 heap snapshot, what grew, and what looks like a leak. The
// file is read as a stream. Strings of the heap, and names that look like secrets, are values and print as dots unless --reveal.
import { open, type FileHandle } from 'node:fs/promises';
import { analyseHeap, classRows, diffHeaps, HeapReader, leakSuspects, type HeapAnalysis, type HeapDiff, type NameJudge, type Suspect } from '../../heap/index.ts';
import { createScanner } from '../../redaction/index.ts';
import { CommandFailure } from '../failure.ts';
import { printHeap, printHeapDiff, twoProcesses } from './heap-print.ts';
import { cannotRead } from './input.ts';
import { printLines } from './output.ts';

export interface HeapOptions {
  readonly diff?: boolean;
  readonly json?: boolean;
  readonly reveal?: boolean;
  /** How many classes. */
  readonly top: string;
}

const chunkBytes = 1024 * 1024;

export async function heapCommand(files: readonly string[], options: HeapOptions): Promise<void> {
  const top = Number(options.top);
  if (!Number.isSafeInteger(top) || top < 1) throw new CommandFailure({ code: 'cli.bad-option', message: `--top is "${options.top}", which is no count.`, help: 'Give a whole number from 1 on.' });
  const wanted = options.diff === true ? 2 : 1;
  if (files.length !== wanted) throw new CommandFailure({ code: 'cli.bad-arguments', message: `Files given: ${files.length}; needed: ${wanted}.`, help: 'weir heap FILE, or weir heap --diff EARLIER LATER' });
  const reveal = options.reveal === true;
  const first = await openHeap(files[0]!);
  if (options.diff !== true) return oneHeap(first, leakSuspects(first, { reveal }), options.json === true, top);
  const later = await openHeap(files[1]!);
  const diff = diffHeaps(first, later);
  return twoHeaps(later, diff, leakSuspects(later, { reveal, before: { analysis: first, diff } }), options.json === true, top);
}

async function openHeap(path: string): Promise<HeapAnalysis> {
  const reader = await readFile(path).catch((failed: unknown) => { throw noFile(path, failed); });
  const heap = reader.finish();
  if (!heap.ok) throw new CommandFailure({ ...heap.error, message: `${path}: ${heap.error.message}` });
  return analyseHeap(heap.value, undefined, nameJudge());
}

async function readFile(path: string): Promise<HeapReader> {
  const file = await open(path);
  try {
    const reader = new HeapReader((await file.stat()).size);
    await readInto(reader, file);
    return reader;
  } finally {
    await file.close();
  }
}

/** One buffer for the whole file. */
async function readInto(reader: HeapReader, file: FileHandle): Promise<void> {
  const buffer = new Uint8Array(chunkBytes);
  for (let read = await file.read(buffer); read.bytesRead > 0 && reader.failed === null; read = await file.read(buffer)) reader.push(buffer.subarray(0, read.bytesRead));
}

/** What redaction knows of secrets, for names that programs made of values. */
function nameJudge(): NameJudge {
  const scanner = createScanner(['*']);
  if (!scanner.ok) throw new CommandFailure(scanner.error);
  return (name) => scanner.value.scanText(name).length > 0;
}

/** Standard input has no size beforehand, which the reader needs. */
const noFile = (path: string, failed: unknown): CommandFailure => new CommandFailure({ ...cannotRead(path, failed).failure, help: 'Check the path. Snapshots are read from files only.' });

async function oneHeap(analysis: HeapAnalysis, suspects: readonly Suspect[], json: boolean, top: number): Promise<void> {
  const { heap, shallowTotal } = analysis;
  const classes = classRows(analysis).slice(0, top);
  if (!json) return printLines(printHeap(analysis, classes, suspects));
  const rows = classes.map(({ name, objects, shallow, retained }) => ({ constructor: name, count: objects, shallow, retained }));
  await printLines([JSON.stringify({ nodes: heap.nodes.count, edges: heap.edges.count, shallowTotal, top: rows, suspects: suspects.map(suspectJson) })]);
}

async function twoHeaps(later: HeapAnalysis, diff: HeapDiff, suspects: readonly Suspect[], json: boolean, top: number): Promise<void> {
  if (!json) return printLines(printHeapDiff(diff, diff.classes.slice(0, top), suspects));
  const classes = diff.classes.slice(0, top).map(({ name, added, removed, delta, addedSize, removedSize, sizeDelta }) => ({ constructor: name, added, removed, delta, addedSize, removedSize, sizeDelta }));
  const { by, added, removed, sizeDelta } = diff;
  await printLines([JSON.stringify({ nodes: later.heap.nodes.count, comparedBy: by, ...(by === 'classes' && { note: twoProcesses }), added, removed, sizeDelta, top: classes, suspects: suspects.map(suspectJson) })]);
}

function suspectJson({ kind, certainty, words, detail, id, retained, share, grown, count, path }: Suspect): object {
  const steps = path.map(({ via, node }) => ({ via: via?.name.text ?? null, type: via?.type ?? null, constructor: node.className, id: node.id }));
  return { kind, certainty, words: words.map(({ text }) => text).join(''), detail: detail.map(({ text }) => text).join(''), id, retained, share, grown, count, path: steps };
}
