// Kinds of suggestions, as they are called and drawn.
import type { SuggestionKind } from '../../../../model/index.ts';
import type { IconName } from '../../../ui/index.ts';

export const kindWords: Readonly<Record<SuggestionKind, string>> = {
  'drop-debug': 'Drop debug noise', 'drop-unread': 'Drop what nobody reads', sample: 'Sample', dedup: 'Dedup', 'to-metric': 'To metric', 'remove-field': 'Remove a field', 'truncate-field': 'Shorten a field', 'divert-to-recorder': 'To a recorder',
};
export const kindIcons: Readonly<Record<SuggestionKind, IconName>> = {
  'drop-debug': 'drop', 'drop-unread': 'drop', sample: 'sample', dedup: 'fit', 'to-metric': 'metric', 'remove-field': 'minus', 'truncate-field': 'update', 'divert-to-recorder': 'recorder',
};
