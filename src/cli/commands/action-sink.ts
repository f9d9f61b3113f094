// Artifacts of `weir action`: the first goes to the file that was named, further ones beside it under its name and their own ending.
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, chmod, constants, rename, rm, statfs } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { ArtifactSink } from '../../agent/artifacts/sink.ts';
import { failure, ok } from '../../base/index.ts';
import type { ArtifactMeta } from '../../model/index.ts';

/** For nobody else to read, whatever wrote it. `out` is absolute. A file that stands there is replaced, once the new one is whole. */
export function fileSink(out: string, onKept: (path: string, meta: ArtifactMeta) => void): ArtifactSink {
  let opened = 0;
  return {
    freeBytes: () => statfs(dirname(out)).then(({ bavail, bsize }) => bavail * bsize, () => 0),
    async open(name) {
      const folder = dirname(out);
      if (!await access(folder, constants.W_OK).then(() => true, () => false)) return failure('cli.cannot-write', `${folder} is no folder that can be written to.`, 'Name another file with --out.');
      const target = opened++ === 0 ? out : `${out}${name.slice(name.indexOf('.'))}`;
      const path = `${target}.${process.pid}.partial`;
      return ok({
        path, discard: () => rm(path, { force: true }),
        async commit(facts) {
          await chmod(path, 0o600);
          const { sha256, bytes } = await hashed(path);
          await rename(path, target);
          const meta = { ...facts, id: randomBytes(16).toString('hex'), sha256, bytes, name: basename(target) };
          onKept(target, meta);
          return ok(meta);
        },
      });
    },
  };
}

async function hashed(path: string): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { sha256: hash.digest('hex'), bytes };
}
