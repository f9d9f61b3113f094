// The source map of one script: original files, and which stretches of the script each of their lines became.
// Format: ECMA-426, source maps. `sourceMapURL` is a data: URL or a place relative to the script.
import { decodedMappings, originalPositionFor, sourceContentFor, TraceMap } from '@jridgewell/trace-mapping';
import { pathOf, type ReadCode } from './process-files.ts';

const mostMapBytes = 16 * 2 ** 20;
/** A map may name as many as it likes; more than a large bundle has are left out. */
const mostSources = 20_000;
const mostStretches = 2_000_000;

/** Of the script; `line` and columns from 0, `toColumn` not included. */
export interface Stretch { readonly line: number; readonly fromColumn: number; readonly toColumn: number }

export class SourceMap {
  readonly #map: TraceMap;
  /** By source, then by original line (from 1). */
  readonly #stretches = new Map<number, Map<number, Stretch[]>>();

  /** Paths, or URLs where they are no files; at most 20,000. */
  readonly sources: readonly string[];
  /** Where each is in the list; the first of those that are named twice. */
  readonly #numbers = new Map<string, number>();
  #isIndexed = false;
  /** UTF-16 units of its text. */
  readonly units: number;

  constructor(json: string, url: string) {
    this.units = json.length;
    this.#map = new TraceMap(json, url);
    const resolved = this.#map.resolvedSources.slice(0, mostSources);
    this.sources = resolved.map((each) => pathOf(each) ?? each);
    resolved.forEach((each, at) => { if (!this.#numbers.has(each)) this.#numbers.set(each, at); });
  }

  content(source: number): string | null { return sourceContentFor(this.#map, this.#map.resolvedSources[source] ?? ''); }

  /** Of a place in the script; lines from 1, columns from 0. */
  original(line: number, column: number): { readonly source: number; readonly line: number } | null {
    const found = originalPositionFor(this.#map, { line, column });
    const source = found.source === null ? undefined : this.#numbers.get(found.source);
    return source === undefined || found.line === null ? null : { source, line: found.line };
  }

  stretches(source: number, line: number): readonly Stretch[] {
    if (!this.#isIndexed) this.#index();
    return this.#stretches.get(this.#numbers.get(this.#map.resolvedSources[source] ?? '') ?? source)?.get(line) ?? [];
  }

  #index(): void {
    this.#isIndexed = true;
    let left = mostStretches;
    decodedMappings(this.#map).forEach((segments, line) => {
      if (left <= 0) return;
      segments.forEach((segment, at) => {
        if (segment.length === 1 || left-- <= 0 || segment[1] >= mostSources) return;
        this.#add(this.#numbers.get(this.#map.resolvedSources[segment[1]] ?? '') ?? segment[1], segment[2] + 1, { line, fromColumn: segment[0], toColumn: segments[at + 1]?.[0] ?? Number.MAX_SAFE_INTEGER });
      });
    });
  }

  #add(source: number, originalLine: number, stretch: Stretch): void {
    const lines = this.#stretches.get(source) ?? new Map<number, Stretch[]>();
    this.#stretches.set(source, lines);
    const known = lines.get(originalLine) ?? [];
    lines.set(originalLine, known);
    const last = known.at(-1);
    if (last?.line === stretch.line && last.toColumn >= stretch.fromColumn) known[known.length - 1] = { ...last, toColumn: Math.max(last.toColumn, stretch.toColumn) };
    else known.push(stretch);
  }
}

/** Null: none there, not to be read, or malformed. */
export async function loadSourceMap(scriptUrl: string, mapUrl: string, read: ReadCode): Promise<SourceMap | null> {
  try {
    const json = mapUrl.startsWith('data:') ? inlineText(mapUrl) : await fromFile(scriptUrl, mapUrl, read);
    return json === null ? null : new SourceMap(json.text, json.url ?? scriptUrl);
  } catch { return null; }
}

function inlineText(url: string): { readonly text: string; readonly url: null } | null {
  const comma = url.indexOf(',');
  if (comma < 0 || url.length > mostMapBytes) return null;
  const body = url.slice(comma + 1);
  return { text: /;base64$/i.test(url.slice(0, comma)) ? Buffer.from(body, 'base64').toString('utf8') : decodeURIComponent(body), url: null };
}

async function fromFile(scriptUrl: string, mapUrl: string, read: ReadCode): Promise<{ readonly text: string; readonly url: string } | null> {
  const url = new URL(mapUrl, scriptUrl.startsWith('/') ? `file://${scriptUrl}` : scriptUrl).href;
  const path = pathOf(url);
  const text = path === null ? null : await read(path, mostMapBytes);
  return text === null ? null : { text: text.replace(/^\)\]\}'[^\n]*\n/, ''), url };
}
