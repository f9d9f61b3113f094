import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTargets, toggled, writeTargets } from './targets.ts';

describe('targets as a choice', () => {
  it('are written as KQL and read back, whatever the names', () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), { maxLength: 4 });
    fc.assert(fc.property(names, names, (services, hosts) => { expect(readTargets(writeTargets({ services, hosts }))).toEqual({ services, hosts }); }));
  });

  it('look as a person would write them', () => {
    expect(writeTargets({ services: ['cart'], hosts: [] })).toBe('ServiceName == "cart"');
    expect(writeTargets({ services: ['cart', 'web'], hosts: ['box-1'] })).toBe('ServiceName in ("cart", "web") and Agent["host.name"] == "box-1"');
    expect(writeTargets({ services: [], hosts: [] })).toBe('');
  });

  it('are a person\'s own text when they say anything else', () => {
    for (const text of ['ServiceName == "a" or ServiceName == "b"', 'ServiceName has "a"', 'Resource["k8s.pod"] == "x"', 'ServiceName == "a" and', 'and Agent["host.name"] == "a"']) expect(readTargets(text), text).toBeNull();
    expect(readTargets(" ServiceName=='a' ")).toEqual({ services: ['a'], hosts: [] });
  });

  it('take a name in and out', () => {
    expect(toggled(toggled(['a'], 'b'), 'a')).toEqual(['b']);
  });
});
