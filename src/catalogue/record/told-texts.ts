// What may be told of texts that come from data: names, keys, versions and examples, by what redaction knows. Rules that are deployed later may
// know more, so each deployment is a generation, and what an event tells is judged again in each.
import { cutText, decodeUtf8 } from '../../base/index.ts';
import type { EventSource, Signal } from '../../model/index.ts';
import { codeLocation, columnId, durableId, metricUnitRange, templateNumber, type RecordCursor } from '../../otlp/index.ts';
import { createScanner, type Scanner } from '../../redaction/index.ts';
import type { EventKey } from '../merge/index.ts';
import type { CatalogueOptions } from './options.ts';
import type { SeenField } from './field-table.ts';
import type { EventIdentity, ObservedEvent } from './observed-event.ts';

const longestName = 1024;

export class ToldTexts {
  readonly #options: CatalogueOptions;
  #scanner: Scanner | null;

  constructor(options: CatalogueOptions) {
    this.#options = options;
    this.#scanner = options.scanner ?? null;
  }

  clean(text: string, service: string, source: EventSource | 'service', signal: Signal): string {
    return cutText(text === '' ? '' : (this.#options.clean?.(text, service, source, signal) ?? text), longestName);
  }

  readonly cleanKey = (key: string, { identity }: ObservedEvent): string => {
    const told = this.clean(key, identity.service, 'service', identity.signal);
    return this.scanner().redactText(told, 'mask')?.text ?? told;
  };

  readonly isHidden = (event: ObservedEvent, field: SeenField, value: string): boolean =>
    this.clean(value, event.identity.service, 'service', event.identity.signal) !== value || this.#options.hides?.(value, field, event.identity.service, event.identity.signal) === true;

  scanner(): Scanner {
    if (this.#scanner !== null) return this.#scanner;
    const made = createScanner(['*']);
    if (!made.ok) throw new Error(made.error.message);
    return (this.#scanner = made.value);
  }

  /** Who the record at the cursor is. */
  identify(cursor: RecordCursor): EventIdentity {
    const { view } = cursor;
    const { signal } = view;
    const service = cursor.slice(columnId(signal, 'ServiceName')) ? decodeUtf8(view.bytes, cursor.sliceStart, cursor.sliceEnd) : '';
    const { id, source } = durableId(cursor);
    const ordinal = source === 'template' ? templateNumber(cursor) : -1;
    const template = this.#mined(ordinal, id)?.template;
    return {
      signal, source, service: this.clean(service, service, 'service', signal), durableId: this.clean(id ?? '', service, source, signal), id: id ?? '',
      template: template === undefined ? undefined : this.clean(template, service, source, signal), ordinal,
    };
  }

  /** What an event goes by, as it may be told now. */
  keyOf({ signal, service, durableId, source }: EventIdentity): EventKey {
    return { signal, service: this.clean(service, service, 'service', signal), durableId: this.clean(durableId, service, source, signal) };
  }

  /** Its template and source line as they may be told now. */
  cleanTexts(event: ObservedEvent): void {
    const { identity } = event;
    const { signal, service, source } = identity;
    if (identity.template !== undefined) identity.template = this.clean(identity.template, service, source, signal);
    if (event.sourceLine !== null) event.sourceLine = this.#line(event.sourceLine, identity);
  }

  /** Reads what hardly ever differs between records of an event. */
  describe(event: ObservedEvent, cursor: RecordCursor): void {
    const { view } = cursor;
    const { service } = event.identity;
    event.sourceLine = this.#line(codeLocation(cursor), event.identity) ?? event.sourceLine;
    const told = (): string => this.clean(decodeUtf8(view.bytes, cursor.sliceStart, cursor.sliceEnd), service, 'service', view.signal);
    if (cursor.slice(columnId(view.signal, 'ScopeName'))) event.scope = told();
    if (metricUnitRange(cursor)) event.unit = told();
  }

  /** Ids that an event of a template had before. */
  formerIds({ ordinal, id }: EventIdentity): readonly string[] { return this.#mined(ordinal, id)?.aliases ?? []; }

  /** What the miner knows of the template; it may have given the number to another one since. */
  #mined(ordinal: number, id: string | null): { readonly template: string; readonly aliases: readonly string[] } | undefined {
    const mined = ordinal < 0 ? undefined : this.#options.templates?.describe(ordinal);
    return mined?.id === id ? mined : undefined;
  }

  #line(line: string | null, { service, signal }: EventIdentity): string | null {
    return line === null ? null : this.clean(line, service, 'code-location', signal);
  }
}
