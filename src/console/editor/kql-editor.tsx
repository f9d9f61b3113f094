// The multi-line KQL editor of rules. Ctrl/Cmd+Enter submits; Ctrl+M lets Tab leave the box.
import { TextBox, type TextBoxProps } from './text-box.tsx';

export type KqlEditorProps = Omit<TextBoxProps, 'singleLine' | 'language' | 'help'>;

export function KqlEditor(props: KqlEditorProps) {
  return <TextBox {...props} singleLine={false} />;
}
