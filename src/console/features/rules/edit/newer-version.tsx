// Says that somebody saved the rule while it was being edited here. Nothing is saved or deployed over that until a person chose.
import { Button } from '../../../ui/index.ts';

export interface NewerVersionProps { readonly version: number; readonly onCompare: () => void; readonly onLoad: () => void; readonly onKeep: () => void }

export function NewerVersion({ version, onCompare, onLoad, onKeep }: NewerVersionProps) {
  return <div className="banner" role="status">Version {version} was saved elsewhere while you were typing.<span className="row end"><Button size="s" onClick={onCompare}>Compare</Button><Button size="s" onClick={onLoad}>Load it, dropping my edits</Button><Button size="s" onClick={onKeep}>Keep mine</Button></span></div>;
}
