import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleDocument } from '../../../../model/index.ts';
import { checkDraft, draftOf, emptyDraft } from './draft.ts';
import { templates } from './templates.ts';

describe('checkDraft', () => {
  it('has a sentence for each wrong field', () => {
    const { document, problems } = checkDraft({ name: 'Bad Name', description: 'x'.repeat(2001), order: '1.5', kql: '' });
    expect(document).toBeNull();
    expect(Object.keys(problems).toSorted()).toEqual(['description', 'kql', 'name', 'order']);
    for (const sentence of Object.values(problems)) expect(sentence).toMatch(/^[A-Z].*\.$/s);
  });

  it('gives back the document of a draft made from it', () => {
    const document = ruleDocument.parse({ name: 'a', kql: 'Logs', order: 7 });
    expect(checkDraft(draftOf(document))).toEqual({ document, problems: {} });
  });

  it('needs a name for a new rule', () => {
    expect(checkDraft(emptyDraft).problems.name).toMatch(/needs a name/);
  });
});

describe('templates', () => {
  it('make a document that may be saved, whatever the durable id', () => {
    fc.assert(fc.property(fc.constantFrom(...templates), fc.string({ maxLength: 200, unit: 'binary' }), (template, durableId) => {
      const { document } = checkDraft({ ...emptyDraft, ...template.build(durableId) });
      expect(document?.kql).toContain(JSON.stringify(durableId.replace(/[^ -~]/g, '')).slice(1, 2));
    }));
  });

  it('keep quotes and backslashes of a durable id inside the text', () => {
    expect(templates[0]!.build('src\\a"b').kql).toContain('DurableId == "src\\\\a\\"b"');
  });
});
