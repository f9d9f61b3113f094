// Small fields of the policy's forms: a named choice, a list of words, places, and a key with the live keys that it means.
import { useEffect, useState, type ReactNode } from 'react';
import { z } from 'zod';
import { redactionPlaces, type RedactionPlace } from '../../../../model/index.ts';
import { placeWords, useRedactClient } from '../../../editor/redact/index.ts';
import { Button, Checkbox, plural, Popover, Select, type SelectOption } from '../../../ui/index.ts';
import { DraftField } from '../machine/index.ts';
import { ChoiceField } from '../picture/index.ts';

/** A name above a control that has its own name for screen readers. */
export const Labelled = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => <div className="net-choice"><span className="meta t3" aria-hidden="true">{label}</span>{children}</div>;

interface NamedSelectProps<T extends string> { readonly label: string; readonly value: T; readonly options: readonly SelectOption<T>[]; readonly onChange: (value: T) => void }
export const NamedSelect = <T extends string>({ label, ...rest }: NamedSelectProps<T>) => <Labelled label={label}><Select size="s" label={label} {...rest} /></Labelled>;

const anyText = z.string();
interface WordsFieldProps { readonly label: string; readonly value: readonly string[]; readonly placeholder?: string; readonly onCommit: (value: readonly string[]) => void }

/** Words with commas between them. */
export const WordsField = ({ label, value, placeholder = '', onCommit }: WordsFieldProps) =>
  <DraftField label={label} mono optional value={value.join(', ')} placeholder={placeholder} schema={anyText} onCommit={(text) => onCommit([...new Set((text ?? '').split(',').map((word) => word.trim()).filter((word) => word !== ''))])} />;

/** Where a value may stand; nothing ticked means anywhere. */
export function PlacesField({ label, value, onChange }: { readonly label: string; readonly value: readonly RedactionPlace[]; readonly onChange: (value: readonly RedactionPlace[]) => void }) {
  const words = value.length === 0 ? 'anywhere' : value.map((place) => placeWords[place]).join(', ');
  return (
    <Labelled label={label}>
      <Popover label={label} content={<div className="rd-choices col" role="group" aria-label={label}>{redactionPlaces.map((place) => <Checkbox key={place} checked={value.includes(place)} onChange={(on) => onChange(redactionPlaces.filter((one) => (one === place ? on : value.includes(one))))}>{placeWords[place]}</Checkbox>)}</div>}>
        <Button size="s" iconAfter="chev" aria-label={`${label}: ${words}`} className="rd-pick"><span className="ell">{words}</span></Button>
      </Popover>
    </Labelled>
  );
}

const mostNamed = 4;

/** A glob with what it means among live names said below it. @param any what an empty field means */
export function GlobField({ label, value, names, any, of, onCommit }: { readonly label: string; readonly value: string; readonly names: readonly string[]; readonly any: string; readonly of: string; readonly onCommit: (value: string | undefined) => void }) {
  const fitting = useFitting(value, names);
  const said = value === '' || names.length === 0 || fitting === null ? '' : fitting.length === 0 ? `no live ${of} fits` : `${fitting.slice(0, mostNamed).join(', ')}${fitting.length > mostNamed ? ` and ${plural(fitting.length - mostNamed, 'more', 'more')}` : ''}`;
  const take = (text: string) => onCommit(text.trim() === '' ? undefined : text.trim());
  return (
    <Labelled label={label}>
      <ChoiceField label={label} mono shown={value} placeholder={any} suggestions={names.map((name) => ({ key: name, label: name }))} onTake={take} onTyped={take} />
      {said !== '' && <span className="meta t3 ell" title={said}>{said}</span>}
    </Labelled>
  );
}

function useFitting(glob: string, names: readonly string[]): readonly string[] | null {
  const client = useRedactClient();
  const [found, setFound] = useState<{ readonly key: string; readonly names: readonly string[] } | null>(null);
  const key = JSON.stringify([glob, names]);
  useEffect(() => {
    if (glob === '') return;
    let live = true;
    client.fitting(glob, (JSON.parse(key) as [string, readonly string[]])[1]).then((fitting) => { if (live) setFound({ key, names: fitting }); }, () => undefined);
    return () => { live = false; };
  }, [client, glob, key]);
  return found?.key === key ? found.names : null;
}
