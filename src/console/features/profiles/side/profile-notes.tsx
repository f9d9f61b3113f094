// What the reader of the file left out or had to guess.
import { Icon } from '../../../ui/index.ts';
import type { OpenedProfile } from '../../../workers/profile/index.ts';

export function ProfileNotes({ profile }: { readonly profile: OpenedProfile }) {
  if (profile.notes.length === 0) return null;
  return <ul className="prof-notes bb" aria-label="Notes on the file">{profile.notes.map(note => <li key={note} className="row meta t2"><Icon name="info" size="s" className="t3" />{note}</li>)}</ul>;
}
