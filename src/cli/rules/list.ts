// `weir rules list`: the rules of a server, one a line.
import type { RuleSummary } from '../../model/index.ts';
import { connect, type ServerOptions } from './server-client.ts';

export interface ListOptions extends ServerOptions { readonly json?: boolean }

export async function listCommand(options: ListOptions): Promise<void> {
  const rules = (await connect(options, process.env).rules()).toSorted((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1));
  if (options.json === true) { process.stdout.write(`${JSON.stringify(rules, null, 2)}\n`); return; }
  process.stdout.write(rules.length === 0 ? 'There are no rules.\n' : table([['order', 'name', 'state', 'table', 'sink', 'version', 'note'], ...rules.map(row)]));
}

function row(rule: RuleSummary): readonly string[] {
  const state = rule.state === 'deployed' && rule.mode === 'shadow' ? 'shadow' : rule.state;
  const version = rule.deployedVersion === null ? String(rule.latestVersion) : rule.deployedVersion === rule.latestVersion ? String(rule.latestVersion) : `${rule.deployedVersion} of ${rule.latestVersion}`;
  const note = rule.breaches[0]?.reason ?? rule.conflicts[0]?.message ?? (rule.expiresAt === null ? '' : `ends ${rule.expiresAt}`);
  return [String(rule.order), rule.name, state, rule.kind === 'query' ? rule.table : rule.kind === 'state-machine' ? 'states' : 'all', rule.sink, version, note];
}

/** Columns as wide as their widest cell; no white space at the end of a line. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  return rows.map((cells) => `${cells.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd()}\n`).join('');
}
