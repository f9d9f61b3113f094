// Small named values: the revision of the fleet's configuration, for one.
import type { Database } from './tables.ts';

export class SettingsStore {
  readonly #db: Database;
  constructor(db: Database) { this.#db = db; }

  async get(key: string): Promise<string | null> {
    const row = await this.#db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst();
    return row?.value ?? null;
  }

  async set(key: string, value: string): Promise<void> {
    await this.#db.insertInto('settings').values({ key, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value })).execute();
  }
}
