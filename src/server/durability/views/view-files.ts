// Saved views as files for git: YAML, one document for each view, and what bringing such files in would change. Pure.
import { parseDocument, stringify } from 'yaml';
import { err, ok, type Result } from '../../../base/index.ts';
import { viewFile, type SavedViewInput, type ViewStep } from '../../../model/index.ts';

const fields = ['description', 'signals', 'kql', 'columns'] as const;
/** Of one view: nobody writes a longer one, and reading a longer text would hold others up. */
const maxViewText = 100_000;

export interface FileProblem { readonly path: string; readonly message: string }
export interface ReadView { readonly from: string; readonly view: SavedViewInput }

export const printView = ({ name, description, signals, kql, columns }: SavedViewInput): string =>
  stringify({ weir: 1, kind: 'view', name, ...(description !== '' && { description }), signals, ...(kql !== '' && { kql }), ...(columns.length > 0 && { columns }) }, { lineWidth: 0, version: '1.2' });

export const printViews = (views: readonly SavedViewInput[]): string => views.map(printView).join('---\n');

/** Every view of a file, or every reason why it has none. */
export function readViews(name: string, text: string): Result<readonly ReadView[], readonly FileProblem[]> {
  const read = text.replace(/^\uFEFF/, '').split(/^---[ \t]*(?:\r?\n|$)/m).filter((part) => /^[^#\s]/m.test(part)).map((part, i) => readOne(part, i === 0 ? name : `${name}#${i + 1}`));
  const problems = read.flatMap((one) => (one.ok ? [] : one.error));
  return problems.length > 0 ? err(problems) : ok(read.flatMap((one) => (one.ok ? [one.value] : [])));
}

function readOne(text: string, from: string): Result<ReadView, readonly FileProblem[]> {
  if (text.length > maxViewText) return err([{ path: from, message: `A view of more than ${maxViewText.toLocaleString('en')} characters is refused.` }]);
  const value = yamlOf(text);
  if (!value.ok) return err([{ path: from, message: value.error }]);
  const parsed = viewFile.safeParse(value.value);
  if (!parsed.success) return err(parsed.error.issues.map(({ path, message }) => ({ path: [from, ...path.map(String)].join('.'), message })));
  const { weir: _weir, kind: _kind, ...view } = parsed.data;
  return ok({ from, view });
}

/** No aliases: a few lines of them are gigabytes written out. */
function yamlOf(text: string): Result<unknown, string> {
  try {
    const document = parseDocument(text, { version: '1.2', prettyErrors: true, logLevel: 'error', uniqueKeys: false });
    const [error] = document.errors;
    return error === undefined ? ok(document.toJS({ maxAliasCount: 0 })) : err(error.message.split('\n')[0]!);
  } catch (error) {
    return err(error instanceof RangeError ? 'It is nested too deeply.' : (error as Error).message);
  }
}

/** In the order of the files. */
export const stepsOf = (wanted: readonly SavedViewInput[], known: readonly SavedViewInput[]): ViewStep[] => wanted.map((view) => stepOf(view, known.find(({ name }) => name === view.name)));

function stepOf(view: SavedViewInput, before: SavedViewInput | undefined): ViewStep {
  if (before === undefined) return { name: view.name, action: 'create', fields: [] };
  const changed = fields.filter((field) => textOf(view[field]) !== textOf(before[field]));
  return { name: view.name, action: changed.length > 0 ? 'change' : 'same', fields: changed };
}

/** A last line break of KQL is a matter of how YAML is written. */
const textOf = (value: string | readonly string[]): string => (typeof value === 'string' ? value.replace(/\n+$/, '') : JSON.stringify(value));
