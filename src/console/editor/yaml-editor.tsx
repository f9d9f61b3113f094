// The multi-line YAML editor of rule documents; `help` completes and explains its fields.
import { TextBox, type TextBoxProps } from './text-box.tsx';

export type YamlEditorProps = Omit<TextBoxProps, 'singleLine' | 'language' | 'mode'>;

export function YamlEditor(props: YamlEditorProps) {
  return <TextBox {...props} language="yaml" mode="rule" singleLine={false} />;
}
