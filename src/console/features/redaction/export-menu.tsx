// "Export proof": the audit of the range as a file, in one of three formats.
import { exportFormats, readRedactionExport, type ExportFormat } from '../../api/index.ts';
import { Button, Menu, type MenuEntry } from '../../ui/index.ts';
import { rangeWords, type RangeSeconds } from './words/ranges.ts';
import { tellFailure } from './words/tell-failure.ts';

const labels: Readonly<Record<ExportFormat, string>> = { jsonl: 'JSON lines', csv: 'CSV', otlp: 'OTLP' };
const endings: Readonly<Record<ExportFormat, string>> = { jsonl: 'jsonl', csv: 'csv', otlp: 'otlp.json' };

export function ExportMenu({ seconds, small = false }: { readonly seconds: RangeSeconds; readonly small?: boolean }) {
  const entries: readonly MenuEntry[] = [
    { kind: 'heading', label: `Counts of the last ${rangeWords(seconds)}, no values` },
    ...exportFormats.map((format): MenuEntry => ({ label: labels[format], icon: 'file', detail: `.${endings[format]}`, onSelect: () => void save(format, seconds) })),
  ];
  return <Menu entries={entries} align="end" label="Export proof"><Button size={small ? 's' : 'm'} icon="down" iconAfter="chev">Export proof</Button></Menu>;
}

async function save(format: ExportFormat, seconds: RangeSeconds): Promise<void> {
  try {
    const url = URL.createObjectURL(await readRedactionExport(format, seconds));
    const link = document.createElement('a');
    link.href = url;
    link.download = `weir-redaction-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.${endings[format]}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  } catch (error) { tellFailure(error); }
}
