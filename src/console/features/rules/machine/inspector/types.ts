// What the forms of the inspector get.
import type { ReactNode } from 'react';
import type { MachineDocument } from '../../../../../model/index.ts';
import type { RuleEdit } from '../../../../../rules/index.ts';
import type { Selection } from '../selection.ts';

export interface GuardField { /** A stable name of the place in the document. */ readonly place: string; readonly label: string; readonly text: string; readonly onChange: (text: string) => void }

export interface InspectorProps {
  readonly document: MachineDocument;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  readonly onEdit: (edits: readonly RuleEdit[]) => void;
  /** The form of one condition: fields, signs and values instead of KQL. */
  readonly renderGuard: (guard: GuardField) => ReactNode;
  /** Sentences about a place such as `states/idle/on/0`, with all that lies below it. */
  readonly problemsAt: (place: string) => readonly string[];
  /** Fields of live records that can tell machines apart, the commonest first: KQL and how to call it. */
  readonly keyFields: readonly { readonly kql: string; readonly label: string }[];
  /** The flight recorders that exist; null while they are not known. */
  readonly recorders: readonly string[] | null;
}
