// Which functions of two deployments are the same.
import { describe, expect, it } from 'vitest';
import { ProfileBuilder } from '../build/index.ts';
import { none } from '../model.ts';
import { steadyParts } from '../release-path.ts';
import { callTree } from './build-call-tree.ts';
import { wholeProfile } from './call-tree.ts';
import { diffTrees } from './diff-trees.ts';
import { matchFunctions } from './match-functions.ts';

/** One sample in each function, given as [name, file]. */
function profileOf(...functions: readonly (readonly [string, string])[]) {
  const builder = new ProfileBuilder();
  const weight = builder.weight('samples', 'count');
  for (const [name, file] of functions) { builder.sample(builder.stack(none, builder.frame(builder.function(name, file)))); builder.weigh(weight, 1); }
  return builder.finish({ format: 'folded', name: 'x' });
}
/** By function of `before` the one of `now` that it is, or null. */
function matched(now: ReturnType<typeof profileOf>, before: ReturnType<typeof profileOf>) {
  const { now: nowRows, before: beforeRows } = matchFunctions(now, before);
  return [...beforeRows].map((row) => { const at = nowRows.indexOf(row); return at < 0 ? null : at; });
}

describe('the same file of two deployments', () => {
  it.each([
    ['/srv/shop/releases/42/dist/main.js', '/srv/shop/releases/41/dist/main.js'],
    ['/srv/shop/releases/20261123-0910/src/a/index.js', '/srv/shop/releases/20261122-1804/src/a/index.js'],
    ['/srv/shop/3f9c2ab81d/dist/main.js', '/srv/shop/77ab01cc9e/dist/main.js'],
    ['/srv/shop/v1.9.4/dist/main.js', '/srv/shop/v1.9.3/dist/main.js'],
    ['https://shop.example/assets/index-DkfJsLpQ.js', 'https://shop.example/assets/index-B8f3LkzW.js'],
    ['/srv/shop/dist/main.3f9c2a1b.js', '/srv/shop/dist/main.00ab12cd.js'],
    ['/home/ann/shop/checkout/src/pricing.ts', '/builds/7f/shop/checkout/src/pricing.ts'],
  ])('%s is %s', (now, before) => {
    expect(matched(profileOf(['render', now], ['price', now]), profileOf(['price', before], ['render', before]))).toEqual([1, 0]);
  });

  it('has no change where the work is the same', () => {
    const [now, before] = [42, 41].map((release) => profileOf(['render', `/srv/shop/releases/${release}/dist/main.js`], ['price', `/srv/shop/releases/${release}/dist/price.js`])) as [ReturnType<typeof profileOf>, ReturnType<typeof profileOf>];
    const { change, count } = diffTrees({ profile: now, tree: callTree(now, wholeProfile) }, { profile: before, tree: callTree(before, wholeProfile) });
    expect([count, [...change]]).toEqual([3, [0, 0, 0]]);
  });
});

describe('another file', () => {
  it.each([
    ['of the same name elsewhere', '/srv/shop/src/a/index.js', '/srv/shop/src/b/index.js'],
    ['of another package', '/srv/cart/src/index.js', '/srv/pay/src/index.js'],
    ['whose words only look like hashes', '/srv/shop/dist/feedback.js', '/srv/shop/dist/checkout.js'],
  ])('%s stays another', (_, now, before) => { expect(matched(profileOf(['f', now]), profileOf(['f', before]))).toEqual([null]); });

  it('is none of several that could be meant', () => {
    expect(matched(profileOf(['f', '/a/x/dist/main.js'], ['f', '/b/x/dist/main.js']), profileOf(['f', '/c/x/dist/main.js']))).toEqual([null]);
  });
  it('does not take the place of the one that is there', () => {
    expect(matched(profileOf(['f', '/srv/shop/releases/42/main.js'], ['f', '/srv/shop/releases/41/main.js']), profileOf(['f', '/srv/shop/releases/41/main.js']))).toEqual([1]);
  });
});

it('parts of a path are steady', () => {
  expect(steadyParts('C:\\shop\\releases\\41\\main.js?v=3')).toEqual(['C:', 'shop', 'releases', '#', 'main.js']);
  expect(steadyParts('/x/vendors~main.a1b2c3d4e5.chunk.js')).toEqual(['x', 'vendors~main.#.chunk.js']);
});
