// One book of templates for the whole fleet: agents send what they mined, the server's own miner puts it together, and every agent gets what
// others know. So a line has the same id whichever agent sees it first.
import { z } from 'zod';
import { bookVersion, TemplateMiner, type BookEntry, type MinerOptions, type TemplateBook } from '../../../mining/index.ts';
import { maxTemplateMessageBytes, minedTemplate, templateBook, templateMessages } from '../../../model/index.ts';
import type { Agent, Fleet } from '../../fleet/index.ts';
import type { Store } from '../../store/index.ts';

export interface TemplateExchangeOptions { readonly fleet: Pick<Fleet, 'sendCustom' | 'connectedWeirAgents'>; readonly store: Store; /** Those of a miner without it. */ readonly bounds?: MinerOptions }

/** Agents hear what is new this often; the store does, too. */
const handOutEveryMs = 2000;
/** What was told in one of these was told at one time: room is made by how long ago that was. */
const periodMs = 600_000;
/** Templates that are forgotten in one go. */
const forgottenAtOnce = 500;
/** A text of that many characters takes up to three times the bytes. */
const mostMessageBytes = 2 * maxTemplateMessageBytes;

export class TemplateExchange {
  readonly #options: TemplateExchangeOptions;
  readonly #miner: TemplateMiner;
  /** The merged book, each entry as its text, by template and scope. */
  #entries = new Map<string, string>();
  #book: TemplateBook;
  #wire: { readonly of: TemplateBook; readonly book: z.infer<typeof templateBook> } | null = null;
  /** What each connected agent has, as far as it said or was told. */
  readonly #known = new Map<string, Map<string, string>>();
  readonly #toStore = new Map<string, Entry | null>();
  #isDirty = false;
  #nextMs = 0;
  #periodMs = 0;
  /** Messages that were no book of this version. */
  refused = 0;
  /** Stored entries that another version of the rules made: they are dropped, for lines of theirs have other ids now and are learnt again. */
  outdated = 0;
  /** Templates that were told, or stored, and for which there was no room. */
  withoutRoom = 0;

  constructor(options: TemplateExchangeOptions) {
    this.#options = options;
    this.#miner = new TemplateMiner(options.bounds);
    this.#book = this.#miner.book();
  }

  async load(): Promise<void> {
    const stored = await this.#options.store.events.templates();
    const entries: Entry[] = [];
    const outdated: string[] = [];
    for (const { key, body } of stored) {
      const entry = storedEntry.safeParse(body).data;
      if (entry === undefined) outdated.push(key);
      else entries.push(entryOf(entry.isPassed)(entry.entry));
    }
    this.outdated = outdated.length;
    this.withoutRoom += this.#miner.learn(bookOf(entries));
    this.#merge();
    this.#toStore.clear();
    for (const key of outdated) this.#toStore.set(key, null);
  }

  /** As it is sent; made once for each book. */
  get wire(): z.infer<typeof templateBook> {
    if (this.#wire?.of !== this.#book) this.#wire = { of: this.#book, book: templateBook.parse(this.#book) };
    return this.#wire.book;
  }

  /** That by which lines get these ids, or those that they became; of ids that nobody told of there is nothing. */
  partOf(ids: readonly string[]): TemplateBook { return this.#miner.partOf(ids); }

  /** Connected anew: nothing is known of what it has. */
  welcome(agent: Agent): void {
    this.#known.set(agent.id, new Map());
    this.#isDirty = true;
  }

  /** A message `templates.book`. */
  take(agent: Agent, data: Uint8Array): void {
    const parsed = data.length > mostMessageBytes ? null : templateBook.safeParse(parse(data));
    if (parsed?.success !== true) { this.refused++; return; }
    const entries = entriesOf(parsed.data);
    this.withoutRoom += this.#miner.learn(bookOf(entries));
    const known = this.#knownTo(agent);
    for (const entry of entries) known.set(keyOf(entry), JSON.stringify(entry));
    this.#isDirty = true;
  }

  /** Hands out what is new, now and then. */
  tick(nowMs: number): void {
    this.#makeRoom(nowMs);
    if (!this.#isDirty || nowMs < this.#nextMs) return;
    // A large book takes long to put together, so that is done less often.
    this.#nextMs = nowMs + handOutEveryMs + this.#entries.size / 10;
    this.#isDirty = false;
    this.#merge();
    const connected = this.#options.fleet.connectedWeirAgents;
    for (const agent of connected) this.#tell(agent);
    for (const id of this.#known.keys()) if (!connected.some((agent) => agent.id === id)) this.#known.delete(id);
  }

  /** An agent that still meets what is forgotten here tells of it again when it connects; its id is the same. */
  #makeRoom(nowMs: number): void {
    if (nowMs - this.#periodMs >= periodMs) {
      if (this.#periodMs > 0) this.#miner.turn();
      this.#periodMs = nowMs;
    }
    if (this.#miner.makeRoom(forgottenAtOnce).length > 0) this.#isDirty = true;
  }

  /** What changed goes to the store; what could not be written is tried again. */
  async write(): Promise<void> {
    const changes = [...this.#toStore];
    if (changes.length === 0) return;
    this.#toStore.clear();
    const put = changes.flatMap(([key, entry]) => (entry === null ? [] : [{ key, body: { version: bookVersion, ...entry } }]));
    try {
      await this.#options.store.events.changeTemplates(put, changes.flatMap(([key, entry]) => (entry === null ? [key] : [])));
    } catch (error) {
      for (const [key, entry] of changes) if (!this.#toStore.has(key)) this.#toStore.set(key, entry);
      throw error;
    }
  }

  #merge(): void {
    const book = this.#miner.book();
    const all = entriesOf(book);
    const entries = new Map(all.map((entry) => [keyOf(entry), JSON.stringify(entry)]));
    for (const entry of all) { const key = keyOf(entry); if (this.#entries.get(key) !== entries.get(key)) this.#toStore.set(key, entry); }
    for (const key of this.#entries.keys()) if (!entries.has(key)) this.#toStore.set(key, null);
    this.#entries = entries;
    this.#book = book;
  }

  #tell(agent: Agent): void {
    const known = this.#knownTo(agent);
    const news = entriesOf(this.#book).filter((entry) => { const key = keyOf(entry); return known.get(key) !== this.#entries.get(key); });
    for (const message of templateMessages(bookOf(news))) if (!this.#options.fleet.sendCustom(agent, 'templates.learn', message)) return;
    for (const entry of news) { const key = keyOf(entry); known.set(key, this.#entries.get(key)!); }
  }

  #knownTo(agent: Agent): Map<string, string> {
    let known = this.#known.get(agent.id);
    if (known === undefined) this.#known.set(agent.id, (known = new Map()));
    return known;
  }
}

/** An entry of a book, and in which of its lists it is. */
const storedEntry = z.object({ version: z.literal(bookVersion), isPassed: z.boolean(), entry: minedTemplate });
type Entry = { readonly isPassed: boolean; readonly entry: BookEntry };

const keyOf = ({ isPassed, entry: { template, scope = 0 } }: Entry): string => `${isPassed ? 'passed' : 'live'} ${scope}\n${template}`;
const entryOf = (isPassed: boolean) => ({ template, scope, varying, aliases }: z.infer<typeof minedTemplate> | BookEntry): Entry =>
  ({ isPassed, entry: { template, ...(scope !== undefined && { scope }), ...(varying !== undefined && { varying }), ...(aliases !== undefined && { aliases }) } });
const entriesOf = ({ templates, passed }: z.infer<typeof templateBook> | TemplateBook): Entry[] => [...templates.map(entryOf(false)), ...passed.map(entryOf(true))];

function bookOf(entries: readonly z.infer<typeof storedEntry>[] | readonly Entry[]): TemplateBook {
  const all = entries.map(({ isPassed, entry }) => entryOf(isPassed)(entry));
  const of = (wanted: boolean): BookEntry[] => all.flatMap(({ isPassed, entry }) => (isPassed === wanted ? [entry] : []));
  return { version: bookVersion, templates: of(false), passed: of(true) };
}

function parse(data: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(data).toString('utf8'));
  } catch {
    return null;
  }
}
