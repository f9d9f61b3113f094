// The one place that knows how each kind of rule is run over records.
import type { CreateDryRun } from './types.ts';
import { failure } from '../../base/index.ts';
import { createLanguageDryRun } from './language-dry-run.ts';
import { createMachineDryRun } from './machine-dry-run.ts';
import { createQueryDryRun } from './query-dry-run.ts';

export const createDryRun: CreateDryRun = (options) => {
  const { rule } = options;
  switch (rule.kind) {
    case 'query': case 'redaction-policy': return createQueryDryRun(rule, options);
    case 'state-machine': return createMachineDryRun(rule, options);
    case 'language': return options.vm === undefined ? failure('rule.no-sandbox', 'A script cannot run here: no sandbox was handed in.') : createLanguageDryRun(rule, options.vm, options);
  }
};
