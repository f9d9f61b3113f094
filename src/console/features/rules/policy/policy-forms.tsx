// A policy as forms: its entries in the order in which they decide, what is looked for beyond them, own patterns, allow-lists,
// and what the semantic conventions know.
import type { PolicyAllow, PolicyEntry } from '../../../../model/index.ts';
import { freeName } from '../../../editor/redact/index.ts';
import { plural } from '../../../ui/index.ts';
import { AllowForm } from './allow-form.tsx';
import { EntryForm } from './entry-form.tsx';
import { ItemList, Problems } from './item-list.tsx';
import { PatternForm } from './pattern-form.tsx';
import './policy.css';
import { firstAllow } from './first-allow.ts';
import { addItem, removeItem, type PolicyList } from './policy-edits.ts';
import type { PolicyFormProps } from './types.ts';
import { useSecretKeys } from './use-secret-keys.ts';
import { MarksForm, WholeForm } from './whole-form.tsx';
import { aboutWords, allowWords, doesWords, findsWords, serviceWords } from './words.ts';

/** Fields with lists of their own say what is wrong there. */
const listed: readonly string[] = ['entries', 'patterns', 'allow'];

export function PolicyForms(props: PolicyFormProps) {
  const secretKeys = useSecretKeys();
  const { document, onEdit, onReorder, problemsAt, opens } = props;
  const { entries, patterns = [], allow = [] } = document;
  const common = (list: PolicyList) => ({ list, onReorder, problemsAt, onRemove: (index: number) => onEdit(removeItem(document, list, index)) });
  return (
    <>
      <Problems sentences={listed.flatMap((list) => problemsAt(`${list}`)).length === 0 ? problemsAt('') : []} />
      <ItemList {...common('entries')} opens={opens} title="Entries" one="entry" meta={entries.length === 0 ? 'none: one rule for every finding' : `${plural(entries.length, 'entry', 'entries')}; the first that fits decides`} items={entries}
        none="An entry says what happens to a key, a service, or what a detector finds, where that differs from the rest." add="Add an entry" onAdd={() => onEdit(addItem(document, 'entries', { detectors: ['*'], do: 'mask' }))}
        line={(entry) => <EntryLine entry={entry} />} form={(entry, index) => <EntryForm entry={entry} index={index} {...props} />} />
      <WholeForm {...props} />
      <ItemList {...common('patterns')} title="Own patterns" one="pattern" meta={patterns.length === 0 ? 'none' : 'RE2, in time linear in the text'} items={patterns}
        none="What only your team knows as secret: ticket numbers, customer ids. A pattern is a detector of this policy." add="Add a pattern" onAdd={() => onEdit(addItem(document, 'patterns', { name: freeName('own-pattern', new Set(patterns.map(({ name }) => name))), pattern: '\\b[A-Z]{3}-[0-9]{5}\\b' }))}
        line={({ name, pattern }) => <><b className="mono nw">{name}</b><span className="mono t2 ell">{pattern}</span></>} form={(pattern, index) => <PatternForm pattern={pattern} index={index} {...props} />} />
      <ItemList {...common('allow')} title="Allow-lists" one="allow-list" meta={allow.length === 0 ? 'none' : 'fail closed: what is not named goes'} items={allow}
        none="With an allow-list every attribute that it does not name goes, also one that nobody has thought of yet." add="Add an allow-list" onAdd={() => onEdit(addItem(document, 'allow', firstAllow(props.liveKeys, secretKeys)))}
        line={(list) => <AllowLine allow={list} />} form={(list, index) => <AllowForm allow={list} index={index} secretKeys={secretKeys} {...props} />} />
      <MarksForm {...props} />
    </>
  );
}

function EntryLine({ entry }: { readonly entry: PolicyEntry }) {
  return <><b className="mono ell policy-about" title={aboutWords(entry)}>{aboutWords(entry)}</b><span className="t2 ell" title={serviceWords(entry)}>{serviceWords(entry)}</span><span className="mono t2 ell" title={findsWords(entry)}>{findsWords(entry)}</span><span className={entry.do === 'ignore' ? 'amb nw' : 'nw'} title={entry.reason}>{doesWords(entry)}</span></>;
}

const AllowLine = ({ allow }: { readonly allow: PolicyAllow }) => <><b className="mono ell policy-about" title={allow.keys.join(', ')}>{allowWords(allow)}</b><span className="t2 ell">{serviceWords(allow)}</span><span className="t2 nw">else {allow.otherwise ?? 'remove'}</span></>;
