// Which detectors: all of them, or some, found by name, title or family. Patterns of the policy stand among them.
import { useState } from 'react';
import type { DetectorInfo } from '../../../redaction/index.ts';
import { Button, Checkbox, Input, Popover } from '../../ui/index.ts';
import { useRedactFacts } from './services.tsx';

export interface DetectorPickerProps {
  /** Names it for screen readers: "Detectors of entry 2". */
  readonly label: string;
  readonly value: readonly string[];
  /** Names of the policy's own patterns. */
  readonly patterns?: readonly string[];
  /** Offers `*`; without it single ones only. */
  readonly offersAll?: boolean;
  /** What the button says while nothing is chosen. */
  readonly none: string;
  readonly onChange: (value: readonly string[]) => void;
}

const familyWords: Readonly<Record<string, string>> = { 'source-control': 'Source control', cloud: 'Cloud', saas: 'Services', structural: 'Keys and tokens', network: 'Network', personal: 'Personal', financial: 'Financial', 'national-id': 'National ids' };

export function DetectorPicker({ label, value, none, ...rest }: DetectorPickerProps) {
  return (
    <Popover label={label} content={<Choices label={label} value={value} {...rest} />}>
      <Button size="s" iconAfter="chev" aria-label={`${label}: ${chosenWords(value, none)}`} className="rd-pick"><span className="ell">{chosenWords(value, none)}</span></Button>
    </Popover>
  );
}

export function chosenWords(value: readonly string[], none: string): string {
  if (value.includes('*')) return 'all detectors';
  const [first, ...more] = value;
  return first === undefined ? none : more.length === 0 ? first : `${first} and ${more.length} more`;
}

function Choices({ label, value, patterns = [], offersAll = true, onChange }: Omit<DetectorPickerProps, 'none'>) {
  const { detectors } = useRedactFacts();
  const [wanted, setWanted] = useState('');
  const all = value.includes('*');
  const set = (name: string, on: boolean) => onChange(on ? [...value, name] : value.filter((one) => one !== name));
  const shown = groupsOf(detectors, patterns, wanted);
  return (
    <div className="rd-choices col gap1">
      <Input small autoFocus aria-label="Search detectors" placeholder="Search: token, e-mail, iban" value={wanted} onChange={(event) => setWanted(event.target.value)} />
      {offersAll && <Checkbox checked={all} onChange={(on) => onChange(on ? ['*'] : [])}>All detectors{all ? '' : `, ${detectors.length} of them`}</Checkbox>}
      <div className="scroll col" tabIndex={0} role="group" aria-label={label}>
        {shown.map(([family, list]) => (
          <div key={family} className="col"><h4 className="meta t3">{family}</h4>
            {list.map(({ name, title, doc }) => <Checkbox key={name} checked={!all && value.includes(name)} onChange={(on) => { if (!all) set(name, on); else if (on) onChange([name]); }}><span className="ell" title={doc}>{title} <span className="mono t3">{name}</span></span></Checkbox>)}
          </div>
        ))}
        {shown.length === 0 && <p className="t3">{detectors.length === 0 ? 'Loading the detectors' : 'No detector says that.'}</p>}
      </div>
    </div>
  );
}

type Choice = Pick<DetectorInfo, 'name' | 'title' | 'doc'>;

function groupsOf(detectors: readonly DetectorInfo[], patterns: readonly string[], wanted: string): readonly (readonly [family: string, readonly Choice[]])[] {
  const word = wanted.trim().toLowerCase();
  const fits = ({ name, title, doc }: Choice) => `${name} ${title} ${doc}`.toLowerCase().includes(word);
  const own: readonly Choice[] = patterns.map((name) => ({ name, title: 'Own pattern', doc: 'A pattern of this policy.' }));
  const groups = Map.groupBy(detectors, ({ family }) => familyWords[family] ?? family);
  return [['This policy', own] as const, ...groups].map(([family, list]) => [family, list.filter((one) => fits(one) || family.toLowerCase().includes(word))] as const).filter(([, list]) => list.length > 0);
}
