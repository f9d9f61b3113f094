// From a line as people see it to the places in scripts where V8 can stop, and back.
import { failure, ok, type Result } from '../../../../base/index.ts';
import type { CodePlace } from '../../../../model/index.ts';
import type { CdpSession } from '../../../actions/inspector/index.ts';
import type { CodeFile, Script } from './script-book.ts';
import type { SourceMap } from './source-map.ts';

/** V8's own: line and column from 0. */
export interface Place { readonly script: Script; readonly line: number; readonly column: number }
type Within = CodeFile['in'][number];

/** Lines around the asked one that are looked at for others. */
const aroundLines = 40;
const mostNamed = 4;
/** One file may be loaded more than once; so often it is looked into. */
const mostCopies = 50;
const mostScriptLength = 4 * 2 ** 20;

export class Places {
  readonly #session: Pick<CdpSession, 'call'>;

  constructor(session: Pick<CdpSession, 'call'>) { this.#session = session; }

  /** All places of the line, best first, by script: one file may be loaded more than once. Errors: `probe.no-place`, which names the nearest lines; `probe.no-answer`. */
  async of(file: CodeFile, { line, column }: CodePlace): Promise<Result<readonly (readonly Place[])[]>> {
    try { return await this.#of(file, { line, ...(column === undefined ? {} : { column }) }); } catch (failed) {
      if (!(failed instanceof NoAnswer)) throw failed;
      return failure('probe.no-answer', `The process does not answer: ${failed.message}.`, 'It stands still, is over, or is busy with one long computation: look at its CPU, and try again.');
    }
  }

  async #of(file: CodeFile, { line, column }: Omit<CodePlace, 'file'>): Promise<Result<readonly (readonly Place[])[]>> {
    const found = (await Promise.all(file.in.slice(0, mostCopies).map((within) => this.#onLine(within, line)))).filter((places) => places.length > 0);
    if (found.length > 0) return ok(found.map((places) => (column === undefined ? places : byColumn(places, column - 1))));
    const near = await this.#near(file, line);
    return failure('probe.no-place', `Nothing on line ${line} of ${file.path} can be stopped at: a comment, a type, a declaration, or code that was left out of the build.`, near.length === 0 ? 'Choose a line with a statement.' : `The nearest lines with statements are ${near.join(', ')}.`);
  }

  /** Lines from 1 of the file where a probe can sit, ascending. */
  async lines({ in: [first] }: CodeFile): Promise<number[]> {
    if (first === undefined || first.script.length > mostScriptLength) return [];
    const all = await this.#breakable(first.script, { lineNumber: 0, columnNumber: 0 }).catch(() => []);
    return [...new Set(all.flatMap((place) => this.#shown(first, place)))].sort((one, other) => one - other);
  }

  #shown({ map, source }: Within, { line, column }: Place): number[] {
    if (source === null) return [line + 1];
    const original = map?.original(line + 1, column);
    return original?.source === source ? [original.line] : [];
  }

  async #onLine(within: Within, line: number): Promise<Place[]> {
    const { script, map, source } = within;
    if (map === null || source === null) return this.#breakable(script, { lineNumber: line - 1, columnNumber: 0 }, { lineNumber: line, columnNumber: 0 });
    const found = await Promise.all(map.stretches(source, line).map((each) => this.#breakable(script, { lineNumber: each.line, columnNumber: each.fromColumn },
      each.toColumn === Number.MAX_SAFE_INTEGER ? { lineNumber: each.line + 1, columnNumber: 0 } : { lineNumber: each.line, columnNumber: each.toColumn })));
    return found.flat().filter((place) => sameLine(map, source, line, place));
  }

  async #near(file: CodeFile, line: number): Promise<number[]> {
    const [first] = file.in;
    if (first === undefined) return [];
    const candidates = first.source === null
      ? (await this.#breakable(first.script, { lineNumber: Math.max(0, line - aroundLines), columnNumber: 0 }, { lineNumber: line + aroundLines, columnNumber: 0 })).map((place) => place.line + 1)
      : (await Promise.all(Array.from({ length: aroundLines * 2 }, async (_, at) => ((await this.#onLine(first, line - aroundLines + at)).length > 0 ? [line - aroundLines + at] : [])))).flat();
    return [...new Set(candidates)].sort((one, other) => Math.abs(one - line) - Math.abs(other - line)).slice(0, mostNamed).sort((one, other) => one - other);
  }

  async #breakable(script: Script, start: object, end?: object): Promise<Place[]> {
    try {
      const { locations } = await this.#session.call<{ locations: { lineNumber: number; columnNumber?: number; type?: string }[] }>('Debugger.getPossibleBreakpoints', {
        start: { scriptId: script.id, ...start }, ...(end === undefined ? {} : { end: { scriptId: script.id, ...end } }) });
      return locations.sort((one, other) => one.lineNumber - other.lineNumber || Number(one.type === 'return') - Number(other.type === 'return'))
        .map(({ lineNumber, columnNumber }) => ({ script, line: lineNumber, column: columnNumber ?? 0 }));
    } catch (failed) {
      // An inspector that answers says that it knows no such place.
      if (/no answer|clos|connection/i.test((failed as Error).message)) throw new NoAnswer((failed as Error).message);
      return [];
    }
  }
}

class NoAnswer extends Error {}

const sameLine = (map: SourceMap, source: number, line: number, place: Place): boolean => {
  const original = map.original(place.line + 1, place.column);
  return original?.source === source && original.line === line;
};

/** The first at the column or after it comes first. */
function byColumn(places: readonly Place[], column: number): Place[] {
  const after = places.filter((place) => place.column >= column);
  return [...after, ...places.filter((place) => place.column < column).reverse()];
}
