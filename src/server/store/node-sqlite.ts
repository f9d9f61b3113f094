// Lets Kysely's SQLite dialect drive Node's own `node:sqlite`. The two differ in how parameters are passed and in how a
// statement says that it returns rows.
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** `path` is a file or ':memory:'. A file gets write-ahead logging, so that readers never wait and kill -9 loses no commit. */
export function openNodeSqlite(path: string): SqliteDatabase {
  const database = new DatabaseSync(path);
  database.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on; pragma busy_timeout = 5000;');
  return {
    prepare: (sql) => adapt(database.prepare(sql)),
    close: () => { database.close(); },
  };
}

function adapt(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...bindable(parameters)),
    run: (parameters) => statement.run(...bindable(parameters)),
    iterate: (parameters) => statement.iterate(...bindable(parameters)),
  };
}

/** SQLite has no boolean: true and false are stored as 1 and 0. */
const bindable = (parameters: readonly unknown[]): SQLInputValue[] =>
  parameters.map((value) => (typeof value === 'boolean' ? Number(value) : value as SQLInputValue));
