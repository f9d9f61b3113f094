// The profile as a file: as it came, in formats that other tools read, and the graph as a picture.
import { downloadUrl } from '../../../api/index.ts';
import type { Artifact } from '../../../../model/index.ts';
import { toPng, toSvg, type FlamePicture } from '../../../flame/index.ts';
import { Button, Menu, toast } from '../../../ui/index.ts';
import type { ProfileClient, ProfileFileFormat, ProfileLook } from '../../../workers/profile/index.ts';
import { asFailure } from '../open/use-profile.ts';
import { saveBlob, savedName, saveUrl } from './save-file.ts';

export interface SaveMenuProps { readonly artifact: Artifact | null; readonly file: File | null; /** Null while it is read. */ readonly client: ProfileClient | null; /** Null while it is read. */ readonly selection: ProfileLook | null; readonly picture: (() => FlamePicture | null) | undefined }

const endings: Readonly<Record<ProfileFileFormat, string>> = { pprof: '.pb.gz', folded: '.folded', speedscope: '.speedscope.json' };

export function SaveMenu({ artifact, file, client, selection, picture }: SaveMenuProps) {
  const name = artifact?.name ?? file?.name ?? 'profile';
  const attempt = async (work: () => Promise<void>) => { try { await work(); } catch (error) { const { message, help } = asFailure(error); toast({ kind: 'error', title: 'The file was not made', detail: `${message} ${help}` }); } };
  const asFormat = (format: ProfileFileFormat) => () => void attempt(async () => { if (client !== null && selection !== null) saveBlob(await client.ask({}, 'save', format, selection), savedName(name, endings[format])); });
  const asPicture = (make: (drawn: FlamePicture) => Promise<readonly [Blob, string]>) => () => void attempt(async () => {
    const drawn = picture?.() ?? null;
    if (drawn === null) { toast({ kind: 'error', title: 'There is no graph to save here', detail: 'Tree and Inverted are tables. Choose Flame, Time order, Icicle or Sandwich, then save it.' }); return; }
    saveBlob(...await make(drawn));
  });
  const unread = client === null || selection === null;
  return (
    <Menu align="end" label="Save as" entries={[
      { label: 'As it came', icon: 'down', detail: name, onSelect: () => { if (artifact !== null) saveUrl(downloadUrl(artifact.id), name); else if (file !== null) saveBlob(file, name); } },
      { kind: 'heading', label: 'What is shown, for other tools' },
      { label: 'pprof', detail: '.pb.gz', disabled: unread, onSelect: asFormat('pprof') }, { label: 'Folded stacks', detail: '.folded', disabled: unread, onSelect: asFormat('folded') }, { label: 'speedscope', detail: '.json', disabled: unread, onSelect: asFormat('speedscope') },
      { kind: 'heading', label: 'The graph as it is shown' },
      { label: 'SVG', detail: '.svg', disabled: unread, onSelect: asPicture(async drawn => [new Blob([toSvg(drawn)], { type: 'image/svg+xml' }), savedName(name, '.svg')]) },
      { label: 'PNG', detail: '.png', disabled: unread, onSelect: asPicture(async drawn => [await toPng(drawn), savedName(name, '.png')]) },
    ]}><Button size="s" icon="down" aria-label="Export"><span className="hide-n">Export</span></Button></Menu>
  );
}
