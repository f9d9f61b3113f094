// What every line of code sends, in one pipeline: records are named, counted and looked at once redaction has seen them. Names of
// templates come from the miner, names of all kinds go through what redaction knows before they are told.
import { Catalogue } from '../../catalogue/index.ts';
import { encodeUtf8 } from '../../base/index.ts';
import type { EventReport, EventSource, FieldPlace, Signal, Talker } from '../../model/index.ts';
import { columnId, durableIdHash, hashBytes, type RecordCursor, type RequestView } from '../../otlp/index.ts';
import type { MinerOptions, TemplateBook } from '../../mining/index.ts';
import type { TextPlace } from '../../redaction/index.ts';
import { namedBy, type Names } from '../redaction/index.ts';
import type { Batch } from './batch.ts';
import { BodyTemplates } from './body-templates.ts';

export interface EventAccountsOptions {
  readonly names: Names;
  readonly startedUnixMs: number;
  /** Recorded data that somebody tries a rule on is named, not counted. */
  readonly counts: boolean;
  /** Bodies are learnt as they come. */
  readonly learnsAll: boolean;
  readonly templateBounds?: MinerOptions | undefined;
}

export type HiderOf = (index: number) => ((text: string) => string) | undefined;

export class EventAccounts {
  readonly #names: Names;
  readonly #counts: boolean;
  /** What names bodies. */
  readonly templates: BodyTemplates;
  readonly #learnsAll: boolean;
  readonly #catalogue: Catalogue;
  #received = 0;
  /** The resource of the last record that was taken away, and the hash of its service. */
  #takenView: RequestView | null = null;
  #takenResource = -1;
  #takenService = 0;

  constructor({ names, startedUnixMs, counts, learnsAll, templateBounds }: EventAccountsOptions) {
    this.templates = new BodyTemplates(templateBounds);
    this.#learnsAll = learnsAll;
    this.#names = names;
    this.#counts = counts;
    this.#catalogue = new Catalogue({
      startedUnixMs, templates: this.templates, clean: (text, service, source, signal) => this.#told(text, service, source, signal),
      hides: (value, field, service) => this.#names.findings(placeOf(field.place, field.key), encodeUtf8(value), 0, encodeUtf8(value).length, service).length > 0,
    });
  }

  /** Records of the request get ids from their bodies; `learns`: those have been past redaction. */
  name(view: RequestView, learns: boolean): void {
    view.templates = this.templates;
    this.templates.learns = learns || this.#learnsAll;
  }

  received(records: number): void { this.#received += records; }

  /** Counts the records of a batch that needs no redaction. `hashes`: their durableIdHash; `services`: hashBytes of their services, by resource. */
  countAll({ cursor, nowUnixMs }: Batch, hashes: Int32Array, services: Int32Array): void {
    if (this.#counts) this.#catalogue.observeAll(cursor, hashes, services, nowUnixMs);
  }

  /** The same for all that redaction left of a batch, whose durable ids go to `hashes`. `hiderOf`: what takes out of a text that was found in
   *  a record, for a value that is hidden for its key may stand again in a name; null when nothing was found at all. */
  count({ cursor, view, nowUnixMs }: Batch, hashes: Int32Array, services: Int32Array, hiderOf: HiderOf | null): void {
    for (let i = 0; i < view.recordCount; i++) {
      cursor.moveTo(i);
      const hide = hiderOf?.(i);
      hashes[i] = hide === undefined ? this.#named(cursor) : this.#namedWithout(cursor, hide);
      if (!this.#counts || hiderOf === null) continue;
      this.#catalogue.observe(cursor, hashes[i]!, services[view.resourceOf(i)]!, nowUnixMs);
      if (hide !== undefined) this.#catalogue.hideMet(hide);
    }
    if (this.#counts && hiderOf === null) this.#catalogue.observeAll(cursor, hashes, services, nowUnixMs);
    this.templates.learns = true;
  }

  #named(cursor: RecordCursor): number {
    this.templates.learns = true;
    return durableIdHash(cursor);
  }

  /** A body that still holds what was found is named only by a template that is known already. */
  #namedWithout(cursor: RecordCursor, hide: (text: string) => string): number {
    this.templates.learns = this.#learnsAll;
    const hash = durableIdHash(cursor);
    if (hash !== 0 || cursor.view.signal !== 'logs') return hash;
    const body = cursor.column(columnId('logs', 'Body'));
    const text = typeof body === 'string' ? body : String(JSON.stringify(body, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)));
    return hide(text) === text ? this.#named(cursor) : 0;
  }

  /** A rule took record `index` of the batch, at the cursor, away for good. */
  taken({ cursor, view, nowUnixMs, again }: Batch, hash: number, index: number): void {
    if (!this.#counts || again) return;
    const resource = view.resourceOf(index);
    if (view !== this.#takenView || resource !== this.#takenResource) {
      this.#takenView = view;
      this.#takenResource = resource;
      this.#takenService = cursor.slice(columnId(view.signal, 'ServiceName')) ? hashBytes(view.bytes, cursor.sliceStart, cursor.sliceEnd) : 0;
    }
    this.#catalogue.removed(view.signal, hash, this.#takenService, 1, view.recordEnd(index) - view.recordStart(index), nowUnixMs);
  }

  /** Rules were deployed that may know more of what must not be told. */
  cleanAgain(): void { this.#catalogue.cleanAgain(); }

  /** The heaviest first; `otherRecords` is all the rest, so that shares add up to what was received. */
  talkers(limit: number): { readonly talkers: readonly Talker[]; readonly otherRecords: number } {
    const talkers = this.#catalogue.heaviest(limit);
    return { talkers, otherRecords: this.#received - talkers.reduce((sum, { records }) => sum + records, 0) };
  }

  /** What changed since the last report, those first that waited longest. */
  takeReport(nowUnixMs: number, most: number): EventReport { return this.#catalogue.takeReport(nowUnixMs, most); }
  /** The server does not know what it was told before. */
  tellAgain(): void { this.#catalogue.tellAgain(); }

  /** What was learned of bodies, for the next run of this agent and for others; without templates that hold what must not be told. */
  templateBook(): TemplateBook { return this.templates.book((template) => this.#told(template, '', 'template', 'logs')); }
  learnTemplates(book: TemplateBook): void { this.templates.miner.learn(book); }
  /** Templates known, to see whether there is anything new to keep. */
  get knownTemplates(): number { return this.templates.miner.stats().templates; }

  #told(text: string, service: string, source: EventSource | 'service', signal: Signal): string {
    return this.#names.clean(text, service, source === 'service' || source === 'folded' ? 'key' : namedBy[source], signal);
  }
}

/** Where the value of a field stands, as policies name it. */
function placeOf(place: FieldPlace, key: string): TextPlace {
  const keyBytes = encodeUtf8(key);
  return { place, keyBytes, keyStart: 0, keyEnd: keyBytes.length, path: () => key };
}
