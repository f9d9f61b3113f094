// parse_path: the parts of a file path, with either kind of slash.
import type { Value } from '../../otlp/index.ts';

const pathForm = /^(?:([A-Za-z][A-Za-z0-9+.-]+):\/\/)?(\\\\\?\\)?(?:([A-Za-z]:)(?=[\\/]|$))?(.*)$/s;

export function parsePath(text: string): Value {
  const [, scheme = '', , root = '', rest = ''] = pathForm.exec(text) ?? [];
  const slash = Math.max(rest.lastIndexOf('/'), rest.lastIndexOf('\\'));
  const last = rest.slice(slash + 1);
  const stream = last.indexOf(':');
  const file = stream < 0 ? last : last.slice(0, stream);
  const directory = slash < 0 ? '' : `${root}${rest.slice(0, slash)}`;
  const dot = file.lastIndexOf('.');
  return {
    Scheme: scheme, RootPath: root, DirectoryPath: directory,
    DirectoryName: directory.slice(Math.max(directory.lastIndexOf('/'), directory.lastIndexOf('\\')) + 1),
    Filename: file, Extension: dot < 0 ? '' : file.slice(dot + 1), AlternateDataStreamName: stream < 0 ? '' : last.slice(stream + 1),
  };
}
