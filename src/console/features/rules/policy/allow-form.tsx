// One allow-list: what it does not name goes. Live keys that it would take are named, for it fails closed.
import type { PolicyAllow } from '../../../../model/index.ts';
import { GlobField, NamedSelect, PlacesField, WordsField } from './fields.tsx';
import { secretsAmong } from './first-allow.ts';
import { setItem } from './policy-edits.ts';
import type { PolicyFormProps } from './types.ts';

const otherwise = [{ value: 'remove', label: 'Remove' }, { value: 'mask', label: 'Mask' }] as const;

export function AllowForm({ allow, index, secretKeys, onEdit, services, liveKeys }: { readonly allow: PolicyAllow; readonly index: number; /** With findings in the audit. */ readonly secretKeys: readonly string[] } & PolicyFormProps) {
  const set = (patch: Partial<Record<keyof PolicyAllow, unknown>>) => onEdit(setItem('allow', index, patch));
  return (
    <>
      <WordsField label="Keys that may stay" value={allow.keys} placeholder="http.*, url.path, sku" onCommit={(keys) => { if (keys.length > 0) set({ keys }); }} />
      <SecretsSaid {...secretsAmong(allow.keys, liveKeys, secretKeys)} />
      <div className="net-fields">
        <GlobField label="Service" value={allow.service ?? ''} names={services} any="every service" of="service" onCommit={(service) => set({ service })} />
        <PlacesField label="Stands in" value={allow.in ?? []} onChange={(places) => set({ in: places })} />
        <NamedSelect label="Everything else" value={allow.otherwise ?? 'remove'} options={otherwise} onChange={(value) => set({ otherwise: value === 'remove' ? undefined : value })} />
      </div>
    </>
  );
}

function SecretsSaid({ named, leftOut }: ReturnType<typeof secretsAmong>) {
  return (
    <>
      {leftOut.length > 0 && <p className="meta t2">Left out, as secrets were found in {leftOut.length === 1 ? 'it' : 'them'}: <span className="mono">{leftOut.join(', ')}</span>. Add {leftOut.length === 1 ? 'it' : 'one'} by hand to let it stay.</p>}
      {named.length > 0 && <p className="meta amb">Secrets were found in <span className="mono">{named.join(', ')}</span>, which this list lets stay.</p>}
    </>
  );
}
