// What the worker does, without the worker: it keeps the shown snapshot and the one it is compared with.
import { addedNodes, dominatedBy, duplicateSteps, duplicateStrings, fieldsOf, instancesOf, nodeDetails, removedNodes, retainersOf, rootPath, rowOfId, searchNodes, suspectSteps, type HeapAnalysis, type Page, type PageRequest, type PathStep } from '../../../heap/index.ts';
import { CallFailure, type ServedWork } from '../calls/index.ts';
import { compare, comparedOf, summaryRows, type Base } from './compared.ts';
import { inTurns } from './in-turns.ts';
import { readHeap } from './read-heap.ts';
import { scriptFiles } from './script-files.ts';
import { stringsOf } from './string-list.ts';
import type { HeapCalls, HeapObject, HeapProgress, HeapSource, RootPath } from './types.ts';

type Work = ServedWork<HeapProgress>;
type Answers = { readonly [N in keyof HeapCalls]: (work: Work, ...args: HeapCalls[N]['args']) => HeapCalls[N]['answer'] | Promise<HeapCalls[N]['answer']> };

export class HeapService {
  #analysis: HeapAnalysis | null = null;
  #base: Base | null = null;
  /** Found when first asked for. */
  #files: ReadonlyMap<number, string> | null = null;

  /** Throws CallFailure for what a person can do something about. */
  async answer(name: keyof HeapCalls, args: readonly unknown[], work: Work): Promise<unknown> {
    return (this.#answers[name] as (work: Work, ...args: readonly unknown[]) => unknown)(work, ...args);
  }

  readonly #answers: Answers = {
    open: async (work, source) => {
      const { analysis, opened } = await readHeap(source, work);
      this.#analysis = analysis;
      this.#base = null;
      this.#files = null;
      return opened;
    },
    openBase: (work, source) => this.#compareWith(source, work),
    closeBase: () => { this.#base = null; return null; },
    suspects: ({ signal }, reveal) => inTurns(suspectSteps(this.#shown, { reveal, ...(this.#base !== null && { before: this.#base }) }), signal),
    classes: (_, filter, page) => pageOf(summaryRows(this.#shown, filter, this.#base), page),
    instances: (_, classRow, filter, page) => instancesOf(this.#shown, classRow, { ...filter, ...page }),
    dominated: (_, row, filter, page) => dominatedBy(this.#shown, row ?? this.#shown.heap.root, { ...filter, ...page }),
    fields: (_, row, reveal, page) => fieldsOf(this.#shown, row ?? this.#shown.heap.root, { reveal, ...page }),
    retainers: (_, row, reveal, page) => retainersOf(this.#shown, row, { reveal, ...page }),
    path: (_, row, reveal) => endsOf(rootPath(this.#shown, row, { reveal })),
    object: (_, id, reveal) => this.#object(rowOfId(this.#shown, id), reveal),
    search: (_, text, filter, page) => searchNodes(this.#shown, { text, ...filter, ...page }),
    strings: (_, filter, page) => stringsOf(this.#shown, filter, page),
    duplicates: async ({ signal }, reveal, page) => { const shown = this.#shown; await inTurns(duplicateSteps(shown), signal); return duplicateStrings(shown, { reveal, ...page }); },
    comparison: (_, name, page) => pageOf(this.#compared.diff.classes.filter(each => each.name.toLowerCase().includes(name.toLowerCase())), page),
    added: (_, classRow, reveal, page) => addedNodes(this.#shown, this.#compared.diff, classRow, { reveal, ...page }),
    removed: (_, classRowBefore, page) => removedNodes(this.#compared.analysis, this.#compared.diff, classRowBefore, { reveal: false, ...page }),
  };

  get #shown(): HeapAnalysis {
    if (this.#analysis === null) throw new CallFailure('No snapshot is open.', 'Open one.');
    return this.#analysis;
  }

  get #compared(): Base {
    if (this.#base === null) throw new CallFailure('There is nothing to compare with.', 'Choose an earlier snapshot.');
    return this.#base;
  }

  #object(row: number, reveal: boolean): HeapObject | null {
    if (row < 0) return null;
    const details = nodeDetails(this.#shown, row, { reveal });
    if (details.location === null) return { ...details, file: '' };
    this.#files ??= scriptFiles(this.#shown);
    return { ...details, file: this.#files.get(details.location.scriptId) ?? '' };
  }

  /** The other one goes first: there is never memory for three. */
  async #compareWith(source: HeapSource, work: Work): Promise<HeapCalls['openBase']['answer']> {
    this.#base = null;
    const read = await readHeap(source, work);
    work.signal.throwIfAborted();
    const { fileBytes } = read.opened;
    const base = compare(this.#shown, read, share => work.progress({ stage: 'comparing', share, bytes: fileBytes, totalBytes: fileBytes }));
    this.#base = base;
    return comparedOf(base);
  }
}

/** A chain may be as long as the heap has objects; its beginning and its end say what it is. */
const pathEnds = { head: 8, tail: 32 };

function endsOf(steps: readonly PathStep[]): RootPath {
  const skipped = steps.length - pathEnds.head - pathEnds.tail;
  return skipped <= 0 ? { steps, headSteps: steps.length, skipped: 0 } : { steps: [...steps.slice(0, pathEnds.head), ...steps.slice(-pathEnds.tail)], headSteps: pathEnds.head, skipped };
}

function pageOf<T>(rows: readonly T[], { start, count }: PageRequest): Page<T> {
  return { total: rows.length, start, rows: rows.slice(start, start + count) };
}
