// "New rule": blank, or from a template about the event that is busiest in the tail right now; and what was begun and not saved.
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { newDraftKey } from '../../../state/index.ts';
import { formatRelative, Menu, useNow, type MenuEntry } from '../../../ui/index.ts';
import { discardDraft, exampleDurableId, templates, useUnsavedDrafts, type RuleTemplate } from '../draft/index.ts';
import { tailClient } from '../../../workers/tail/index.ts';
import { FromYamlDialog } from './from-yaml-dialog.tsx';
import { useTail } from '../services.tsx';
import './list.css';

const icons = { drop: 'drop', sample: 'sample', metric: 'metric', redact: 'redact', record: 'recorder' } as const;

export function NewRuleMenu({ children }: { readonly children: ReactNode }) {
  const navigate = useNavigate();
  const build = useTemplate();
  const [pasting, setPasting] = useState(false);
  const start = (template: RuleTemplate | null) => void build(template).then(search => navigate({ to: '/rules/new', search }));
  const entries: readonly MenuEntry[] = [
    ...templates.map((template): MenuEntry => ({ label: <TemplateLabel template={template} />, icon: icons[template.id as keyof typeof icons], onSelect: () => start(template) })),
    { kind: 'separator' },
    { label: <span className="rules-template">Net <span className="t3">Watch for something, then collect evidence.</span></span>, icon: 'net', onSelect: () => void navigate({ to: '/rules/new', search: { kind: 'state-machine' } }) },
    { label: <span className="rules-template">Redaction policy <span className="t3">What is hidden, by key, service and detector.</span></span>, icon: 'shield', onSelect: () => void navigate({ to: '/rules/new', search: { kind: 'redaction-policy' } }) },
    { label: <span className="rules-template">Language rule (JavaScript) <span className="t3">A script that sees each record, in a sandbox.</span></span>, icon: 'code', onSelect: () => void navigate({ to: '/rules/new', search: { kind: 'language' } }) },
    { label: 'Blank query', icon: 'file', onSelect: () => start(null) },
    { label: <span className="rules-template">From YAML… <span className="t3">A rule's document, as weir rules export writes it.</span></span>, icon: 'down', onSelect: () => setPasting(true) },
    ...useUnsavedEntries(),
  ];
  return <><Menu entries={entries} align="end" label="New rule">{children}</Menu>{pasting && <FromYamlDialog onClose={() => setPasting(false)} />}</>;
}

/** Every new rule that was begun in this tab and not saved, to go on with or to throw away. */
function useUnsavedEntries(): readonly MenuEntry[] {
  const navigate = useNavigate();
  const now = useNow();
  const drafts = useUnsavedDrafts();
  if (drafts.length === 0) return [];
  return [{ kind: 'separator' }, ...drafts.map(({ id, name, atMs }): MenuEntry => ({
    label: <>Continue {name} <span className="t3">unsaved, {formatRelative(atMs, now)}</span></>, icon: 'edit', onSelect: () => void navigate({ to: '/rules/new', search: { draft: id } }),
    aside: { label: `Discard ${name}`, icon: 'trash', onSelect: () => discardDraft(newDraftKey(id), name) },
  }))];
}

const TemplateLabel = ({ template }: { readonly template: RuleTemplate }) => <span className="rules-template">{template.title} <span className="t3">{template.says}</span></span>;

/** Fills a template with the busiest durable id of the dry run's tail, or of the tail view's; with an example when the tail is empty. */
export function useTemplate(): (template: RuleTemplate | null) => Promise<{ readonly name?: string; readonly kql?: string }> {
  const own = useTail();
  return async template => {
    if (template === null) return {};
    // A tail that is not open holds nothing, and asking it would start its worker.
    const tail = [own, tailClient].find(each => each.getState().buffered > 0);
    const facets = await tail?.facets().catch(() => []) ?? [];
    const ids = facets.find(facet => facet.field === 'DurableId')?.values ?? [];
    const busiest = ids.toSorted((a, b) => b.count - a.count).find(value => value.value !== '');
    return template.build(busiest?.value ?? exampleDurableId);
  };
}
