// What runs in one process: V8 tells each script that it has and each that comes. Files are what people know: the originals of a source map,
// and scripts by path or URL; one file may be several scripts.
import type { CdpSession } from '../../../actions/inspector/index.ts';
import { pathOf, type ReadCode } from './process-files.ts';
import { loadSourceMap, type SourceMap } from './source-map.ts';

export interface Script { readonly id: string; readonly url: string; readonly mapUrl: string; readonly isModule: boolean; readonly length: number; /** Null: the program's main context. */ readonly contextId: number | null }
/** `source`: its number in the script's source map; null: the script itself. */
export interface CodeFile { readonly path: string; readonly in: readonly { readonly script: Script; readonly map: SourceMap | null; readonly source: number | null }[] }

const mostScripts = 20_000;
/** A file that is asked for has no longer name. */
const mostUrlUnits = 4096;
/** UTF-16 units over all scripts: of their URLs; of source maps that stand in their text; of source maps that are read. */
const [mostUrls, mostInlineMaps, mostMaps] = [16 * 2 ** 20, 64 * 2 ** 20, 128 * 2 ** 20];
/** What source maps name, over all scripts. */
const mostPlaces = 200_000;
/** Work between two turns for others. */
const placesAtOnce = 5000;
/** What a person asks for last goes first. */
const kindsToDrop = ['runtime', 'dependency', 'own'] as const;
const mostTextBytes = 4 * 2 ** 20;

export class ScriptBook {
  /** V8's number of the program's main context, once a script told it. */
  mainContext: number | null = null;
  readonly #session: Pick<CdpSession, 'call'>;
  readonly #read: ReadCode;
  readonly #scripts = new Map<string, Script>();
  readonly #byKind = { runtime: new Set<string>(), dependency: new Set<string>(), own: new Set<string>() };
  #droppedScripts = 0;
  #droppedPlaces = 0;
  #droppedMaps = 0;
  #urls = 0;
  #inlineMaps = 0;
  #mapUnits = 0;
  readonly #maps = new Map<string, Promise<SourceMap | null>>();

  constructor(session: Pick<CdpSession, 'call'>, read: ReadCode) {
    this.#session = session;
    this.#read = read;
  }

  /** The event Debugger.scriptParsed. */
  parsed(event: Record<string, unknown>): void {
    const { scriptId, url, sourceMapURL, isModule, length, executionContextId, executionContextAuxData, scriptLanguage } = event as { scriptId: string; url: string; sourceMapURL?: string; isModule?: boolean; length?: number; executionContextId: number; executionContextAuxData?: { isDefault?: boolean }; scriptLanguage?: string };
    if (executionContextAuxData?.isDefault === true) this.mainContext = executionContextId;
    // What has no name cannot be pointed at; Weir's own questions are among these.
    if (url === '' || url.startsWith('weir:') || scriptLanguage === 'WebAssembly') return;
    if (url.length > mostUrlUnits) { this.#droppedScripts++; return; }
    this.#forget(scriptId);
    const mapUrl = this.#mapUrl(sourceMapURL ?? '');
    this.#urls += url.length;
    this.#scripts.set(scriptId, { id: scriptId, url, mapUrl, isModule: isModule === true, length: length ?? 0, contextId: executionContextAuxData?.isDefault === false ? executionContextId : null });
    this.#byKind[scriptKind(url)].add(scriptId);
    while (this.#scripts.size > mostScripts || this.#urls > mostUrls) this.#dropOne();
  }

  /** The oldest of Node's own, then of dependencies, then of the program. */
  #dropOne(): void {
    const of = this.#byKind[kindsToDrop.find((kind) => this.#byKind[kind].size > 0) ?? 'own'];
    const [oldest] = of;
    if (oldest === undefined) return;
    this.#forget(oldest);
    this.#droppedScripts++;
  }

  /** Empty: the script is kept without the map. */
  #mapUrl(url: string): string {
    if (this.#inlineMaps + url.length > mostInlineMaps) { this.#droppedMaps++; return ''; }
    this.#inlineMaps += url.length;
    return url;
  }

  #forget(id: string): void {
    const script = this.#scripts.get(id);
    if (script === undefined) return;
    this.#scripts.delete(id);
    this.#byKind[scriptKind(script.url)].delete(id);
    this.#urls -= script.url.length;
    this.#inlineMaps -= script.mapUrl.length;
    void this.#maps.get(id)?.then((map) => { this.#mapUnits -= map?.units ?? 0; });
    this.#maps.delete(id);
  }

  /** Scripts, source maps, and files that these name, that were too many or too large to keep. */
  get dropped(): number { return this.#droppedScripts + this.#droppedMaps + this.#droppedPlaces; }

  scripts(): readonly Script[] { return [...this.#scripts.values()]; }

  mapOf(script: Script): Promise<SourceMap | null> {
    const known = this.#maps.get(script.id) ?? (script.mapUrl === '' ? Promise.resolve(null) : this.#load(script));
    this.#maps.set(script.id, known);
    return known;
  }

  async #load({ url, mapUrl }: Script): Promise<SourceMap | null> {
    const map = await loadSourceMap(url, mapUrl, this.#read);
    if (map === null) return null;
    if (this.#mapUnits + map.units > mostMaps) { this.#droppedMaps++; return null; }
    this.#mapUnits += map.units;
    return map;
  }

  async source(script: Script): Promise<string> {
    return (await this.#session.call<{ scriptSource: string }>('Debugger.getScriptSource', { scriptId: script.id })).scriptSource;
  }

  /** All that people can point at; dependencies' source maps are followed only when asked, for there are many. */
  async files(withDependencies: boolean): Promise<CodeFile[]> {
    const found = new Map<string, CodeFile['in'][number][]>();
    const add = (path: string, where: CodeFile['in'][number]): void => { const known = found.get(path); if (known === undefined) found.set(path, [where]); else known.push(where); };
    let places = 0;
    this.#droppedPlaces = 0;
    for (const script of this.#scripts.values()) {
      const kind = scriptKind(script.url);
      const map = kind === 'own' || (kind === 'dependency' && withDependencies) ? await this.mapOf(script) : null;
      const own = pathOf(script.url) ?? script.url;
      for (const [source, path] of namedOnce(map?.sources ?? [])) {
        if (path === own) continue;
        if (places >= mostPlaces) { this.#droppedPlaces++; continue; }
        add(path, { script, map, source });
        if (++places % placesAtOnce === 0) await turn();
      }
      add(own, { script, map, source: null });
    }
    return [...found].map(([path, places]) => ({ path, in: places }));
  }

  /** Text of a file, of the original when it can be had. */
  async text(file: CodeFile): Promise<string | null> {
    const [first] = file.in;
    if (first === undefined) return null;
    if (first.source !== null) return first.map?.content(first.source) ?? this.#read(file.path, mostTextBytes);
    const running = await this.source(first.script);
    const written = typed.test(file.path) ? await this.#read(file.path, mostTextBytes) : null;
    return written !== null && isStripped(written, running) ? written : running;
  }
}

const turn = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

/** With the number of each; a source that is named twice is one. */
function namedOnce(sources: readonly string[]): Map<number, string> {
  const seen = new Set<string>(['']);
  const once = new Map<number, string>();
  sources.forEach((path, source) => { if (!seen.has(path)) { seen.add(path); once.set(source, path); } });
  return once;
}

/** What Node runs with its types taken away. */
const typed = /\.[cm]?ts$/;

/** Node adds it to what it has stripped. */
const named = /\n\n\/\/# sourceURL=[^\n]*$/;

/** Types are replaced by blanks, so every place stays; a file that was changed since the process began is not what runs. */
export function isStripped(written: string, script: string): boolean {
  const running = script.replace(named, '');
  if (written.length !== running.length) return false;
  for (let at = 0; at < running.length; at++) if (running[at] !== ' ' && running[at] !== ';' && running[at] !== written[at]) return false;
  return true;
}

export const scriptKind = (path: string): 'own' | 'dependency' | 'runtime' => (/^node:|^internal\//.test(path) ? 'runtime' : path.includes('/node_modules/') ? 'dependency' : 'own');

/** Those to choose from: originals in place of what they were built into. */
export function filesIn(files: readonly CodeFile[]): { readonly path: string; readonly generated: string | null; readonly kind: ReturnType<typeof scriptKind> }[] {
  const built = new Set(files.flatMap((file) => file.in.filter(({ source }) => source !== null).map(({ script }) => script.id)));
  return files.filter((file) => file.in.some(({ script, source }) => source !== null || !built.has(script.id)))
    .map(({ path, in: [first] }) => ({ path, generated: first?.source === null || first === undefined ? null : pathOf(first.script.url) ?? first.script.url, kind: scriptKind(path) }))
    .sort((one, other) => one.path.localeCompare(other.path));
}
