// The multi-line editor of a rule's script. `types` declares what the script has beside the language.
import { TextBox, type TextBoxProps } from './text-box.tsx';

export type ScriptEditorProps = Omit<TextBoxProps, 'singleLine' | 'language' | 'mode' | 'help'>;

export function ScriptEditor(props: ScriptEditorProps) {
  return <TextBox {...props} language="javascript" mode="rule" singleLine={false} />;
}
