// The templates that name bodies, kept across restarts in `templates.json`, told to the server, and learnt from other agents through it: so that
// one line of code has one id, always and everywhere.
import { decodeUtf8, encodeUtf8, type Clock } from '../../base/index.ts';
import type { EventAccounts } from '../../engine/index.ts';
import { bookVersion, isTemplateBook, type BookEntry, type TemplateBook } from '../../mining/index.ts';
import { templateBook, templateMessages } from '../../model/index.ts';
import { asked, type Handler } from '../asked.ts';
import type { Files } from '../ports/index.ts';
import { unixMs } from '../ports/index.ts';

export interface TemplateKeeperOptions {
  readonly events: Pick<EventAccounts, 'templateBook' | 'learnTemplates' | 'knownTemplates' | 'templates'>;
  readonly files: Files; readonly clock: Clock;
  readonly canSend: () => boolean;
  readonly send: (book: TemplateBook) => void;
}

const fileName = 'templates.json';
const everyMs = 10_000;
const keepEveryMs = 30_000;
/** What was met in one of these was met at one time: room is made by how long ago that was. */
const periodMs = 600_000;
/** Templates that are forgotten in one go, so that nothing waits for it. */
const forgottenAtOnce = 500;
/** A book is put together anew when the number of templates changed, and now and then all the same: what varies in one changes nothing of that. */
const lookAgainMs = 120_000;

export class TemplateKeeper {
  readonly #options: TemplateKeeperOptions;
  /** Each entry as it was last told to this server. */
  #told = new Map<string, string>();
  #book: TemplateBook | null = null;
  #bookOf = -1;
  #bookMs = -Infinity;
  #kept = '';
  #keptMs = 0;
  #periodMs = 0;
  #folded = 0;
  #fileProblem = '';
  #roomProblem = '';
  #timer: NodeJS.Timeout | null = null;
  #keeping: Promise<void> = Promise.resolve();
  /** Why ids are not as they should be; empty when all is well. */
  get problem(): string { return [this.#fileProblem, this.#roomProblem].filter((one) => one !== '').join(' '); }

  private constructor(options: TemplateKeeperOptions) { this.#options = options; }

  /** Learns what the last run knew. A file that cannot be read costs ids that have to be learnt again, and says so. */
  static async open(options: TemplateKeeperOptions): Promise<TemplateKeeper> {
    const keeper = new TemplateKeeper(options);
    const read = await options.files.read(fileName);
    const book = read.ok && read.value !== null ? parse(read.value) : null;
    if (book !== null) options.events.learnTemplates(book);
    if (!read.ok) keeper.#fileProblem = read.error.message;
    else if (read.value !== null && book === null) keeper.#fileProblem = `${fileName} is no book of templates of version ${bookVersion}, so it was dropped: ids of mined templates are learnt anew, and rules that name ids of before have to name those of now.`;
    return keeper;
  }

  get handlers(): readonly (readonly [string, Handler])[] {
    return [['templates.learn', asked(templateBook, (learnt) => {
      const book = bookOf(learnt);
      this.#options.events.learnTemplates(book);
      // Who sent it knows it; only what comes of it here is news.
      for (const [key, entry] of entriesOf(book)) this.#told.set(key, entry);
      this.#bookMs = -Infinity;
    })]];
  }

  start(): void {
    this.#keptMs = unixMs(this.#options.clock);
    this.#timer = setInterval(() => { this.tick(); }, everyMs);
  }

  /** Makes room, tells what is new, and keeps it now and then. */
  tick(): void {
    const now = unixMs(this.#options.clock);
    this.#makeRoom(now);
    this.#tell();
    if (now - this.#keptMs < keepEveryMs) return;
    this.#keptMs = now;
    this.keep();
  }

  #makeRoom(now: number): void {
    const { templates } = this.#options.events;
    if (now - this.#periodMs >= periodMs) {
      if (this.#periodMs > 0) templates.miner.turn();
      this.#periodMs = now;
    }
    templates.makeRoom(forgottenAtOnce);
    const { folded, forgotten, templates: live } = templates.miner.stats();
    const count = (number: number): string => number.toLocaleString('en');
    this.#roomProblem = folded === this.#folded ? '' : `There is no room for more templates: ${count(folded - this.#folded)} log records got the id of all further ones, beside ${count(live)} templates. ${count(forgotten)} that were met long ago were forgotten to make room; name events (event.name) whose bodies never repeat.`;
    this.#folded = folded;
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#bookMs = -Infinity;
    this.keep();
    await this.#keeping;
  }

  /** The link is there (again): all of it is told. */
  opened(): void {
    this.#told = new Map();
    this.#tell();
  }

  /** Writes the file when there is something new. */
  keep(): void {
    const text = JSON.stringify(this.#current());
    if (text === this.#kept) return;
    this.#kept = text;
    this.#keeping = this.#keeping.then(async () => {
      const written = await this.#options.files.writeAtomically(fileName, encodeUtf8(text));
      this.#fileProblem = written.ok ? '' : written.error.message;
      // Tried again with the next change, or at the end.
      if (!written.ok && this.#kept === text) this.#kept = '';
    });
  }

  #tell(): void {
    const { canSend, send } = this.#options;
    if (!canSend()) return;
    const current = this.#current();
    const isNews = (isPassed: boolean) => (entry: BookEntry): boolean => {
      const [key, text] = entryOf(entry, isPassed);
      if (this.#told.get(key) === text) return false;
      this.#told.set(key, text);
      return true;
    };
    const news = { templates: current.templates.filter(isNews(false)), passed: current.passed.filter(isNews(true)) };
    if (this.#told.size > 2 * (current.templates.length + current.passed.length) + 1000) this.#told = new Map(entriesOf(current));
    for (const message of templateMessages(news)) send(message);
  }

  #current(): TemplateBook {
    const { events, clock } = this.#options;
    const now = unixMs(clock);
    if (this.#book !== null && events.knownTemplates === this.#bookOf && now - this.#bookMs < lookAgainMs) return this.#book;
    this.#bookOf = events.knownTemplates;
    this.#bookMs = now;
    return this.#book = events.templateBook();
  }
}

const entryOf = (entry: BookEntry, isPassed: boolean): readonly [string, string] => [`${isPassed ? 'passed' : 'live'} ${entry.scope ?? 0}\n${entry.template}`, JSON.stringify(entry)];
const entriesOf = ({ templates, passed }: TemplateBook): (readonly [string, string])[] => [...templates.map((entry) => entryOf(entry, false)), ...passed.map((entry) => entryOf(entry, true))];

function bookOf({ templates, passed }: ReturnType<typeof templateBook.parse>): TemplateBook {
  const clean = ({ template, scope, varying, aliases }: (typeof templates)[number]): BookEntry => ({ template, ...(scope !== undefined && { scope }), ...(varying !== undefined && { varying }), ...(aliases !== undefined && { aliases }) });
  return { version: bookVersion, templates: templates.map(clean), passed: passed.map(clean) };
}

function parse(bytes: Uint8Array): TemplateBook | null {
  try {
    const book: unknown = JSON.parse(decodeUtf8(bytes));
    return isTemplateBook(book) ? book : null;
  } catch {
    return null;
  }
}
