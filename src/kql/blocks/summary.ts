// The one line under a block's keyword in the picture: the form in few words, or the body shortened.
import { oneLine, shortened } from './one-line.ts';
import type { BlockForm } from './types.ts';

export function summaryOf(keyword: string, body: string, form: BlockForm | null): string {
  return shortened(fromForm(keyword, form) ?? oneLine(body));
}

function fromForm(keyword: string, form: BlockForm | null): string | null {
  if (form?.form === 'columns') return keyword === 'let' || keyword === 'project-rename' ? null : form.columns.map(({ name, expression }) => (name === '' ? expression : name)).join(', ');
  if (form?.form === 'summarize') return summarizeWords(form);
  if (form?.form === 'sink') return Object.values(form.arguments).map((text) => text.replace(/^(["'])(.*)\1$/, '$2')).join(', ');
  return form?.form === 'table' ? '' : null;
}

function summarizeWords({ aggregates, by, window }: Extract<BlockForm, { form: 'summarize' }>): string {
  const values = aggregates.map(({ fn, args }) => `${fn}(${args})`).join(', ');
  const keys = by.map(({ name, expression }) => (name === '' ? expression : name)).join(', ');
  return [values, keys === '' ? '' : `by ${keys}`, window === null ? '' : `per ${window.size.replace(/^(\d+(?:\.\d+)?)([a-z]+)$/, '$1 $2')}`].filter((part) => part !== '').join(' ');
}
