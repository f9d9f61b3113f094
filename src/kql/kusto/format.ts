// Formatting by Microsoft's formatter, one operator a line; a text that does not parse is left alone.
import type { CompileMode } from '../language.ts';
import type { Analyser } from './analysis.ts';
import { unalias } from './source.ts';

export function format({ kusto, analyse }: Analyser, text: string, mode: CompileMode): string {
  if (text.trim() === '') return text;
  const { source, code, service } = analyse(text, mode);
  if (code.Syntax.ContainsSyntaxDiagnostics) return text;
  const { FormattingOptions, PlacementStyle } = kusto.Language.Editor;
  const formatted = service.GetFormattedText(FormattingOptions.Default.WithPipeOperatorStyle(PlacementStyle.NewLine ?? 1), 0)?.Text ?? source.full;
  const ours = unalias(formatted).replaceAll('\r\n', '\n').trim();
  return source.shift === 0 ? ours : ours.replace(/^source\s*\|\s*(?:where|extend\s+value\s*=)\s*/, '');
}
