// A new rule from a document that is at hand: pasted, or read from a file of this machine. It opens in the editor and is not saved.
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { parseRule } from '../../../../rules/index.ts';
import { newDraftKey, useDrafts } from '../../../state/index.ts';
import { Button, Dialog, OpenFileButton, TextArea, toast } from '../../../ui/index.ts';
import { freshDraftId } from '../draft/index.ts';

/** As much as the server takes of one rule, generously. */
const mostBytes = 1024 * 1024;

export function FromYamlDialog({ onClose }: { readonly onClose: () => void }) {
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const wrong = useMemo(() => (text.trim() === '' ? null : firstWrong(text)), [text]);
  const open = () => {
    const [draft, whole] = [freshDraftId(), text.endsWith('\n') ? text : `${text}\n`];
    useDrafts.getState().put(newDraftKey(draft), { text: whole, base: whole, baseVersion: 0, atMs: Date.now() });
    onClose();
    void navigate({ to: '/rules/new', search: { draft, tab: 'document' } });
  };
  const take = async (file: File) => {
    if (file.size > mostBytes) toast({ kind: 'error', title: `${file.name} is too large for a rule`, detail: 'A rule has a few kilobytes. Choose one document of what weir rules export wrote.' });
    else setText(await file.text());
  };
  const footer = <><OpenFileButton label="Rule file" onFile={file => void take(file)} /><span className="grow" /><Button kbd="Esc" onClick={onClose}>Cancel</Button><Button variant="primary" disabledReason={text.trim() === '' ? 'Paste a document first.' : null} onClick={open}>Open in the editor</Button></>;
  return (
    <Dialog open wide onOpenChange={still => { if (!still) onClose(); }} title="New rule from YAML" icon="down" footer={footer}>
      <TextArea autoFocus mono rows={16} spellCheck={false} label="Document" hint={wrong === null ? 'One rule, as weir rules export writes it. Nothing is saved before you do.' : `It opens all the same, to be mended there. ${wrong}`} placeholder={'weir: 1\nkind: query\nname: drop-health-checks\nkql: |\n  …'} value={text} onChange={event => setText(event.target.value)} />
    </Dialog>
  );
}

/** What is wrong with a document, as far as its own schema tells; null when nothing is. */
function firstWrong(text: string): string | null {
  const found = parseRule(text).problems.find(({ severity }) => severity === 'error');
  return found === undefined ? null : [found.message, found.help].filter(Boolean).join(' ');
}
