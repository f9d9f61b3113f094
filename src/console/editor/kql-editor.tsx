// The multi-line KQL editor of rules. Ctrl/Cmd+Enter submits; Ctrl+M lets Tab leave the box.
import { KqlBox, type KqlBoxProps } from './kql-box.tsx';

export type KqlEditorProps = Omit<KqlBoxProps, 'singleLine'>;

export function KqlEditor(props: KqlEditorProps) {
  return <KqlBox {...props} singleLine={false} />;
}
